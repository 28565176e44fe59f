import { numberAt } from './expressions';
import { noRule, TrafficRules } from './group-rules';
import { TrafficRule } from './traffic-rule';
import { any, both, ResourceReader, Truth } from '../../kernel';

/** The ports that a resource listens on. `open` says why there may be others. */
export interface Ports { readonly numbers: readonly number[]; readonly open?: string }

export type Listens = (resource: ResourceReader) => Ports;

export const on = (...numbers: readonly number[]): Listens => () => ({ numbers });

/** Any port may be one that it listens on. */
export const anyPort: Listens = () => ({ numbers: EVERY });
const EVERY: readonly number[] = [];

/** The port that a property gives, or else the usual one. */
export const at = (path: string, usual: Listens): Listens => (resource) => {
  const port = resource.get(path);
  if (port.missing) return usual(resource);
  const number = numberAt(port);
  return number === undefined ? { numbers: [], open: 'the port is known at deployment only' } : { numbers: [number] };
};

/** The usual port of an engine: the first of the patterns that its name matches. */
export const byEngine = (path: string, usual: readonly (readonly [RegExp, readonly number[]])[]): Listens => (resource) => {
  const engine = resource.get(path).seen().scalar;
  const found = usual.find(([pattern]) => pattern.test(String(engine ?? '')));
  return found ? { numbers: found[1] } : { numbers: [], open: 'the engine, and with it the usual port, is not known' };
};

/** The rule lets traffic through to a port that the resource listens on. */
export function opensPort(rule: TrafficRule, ports: Ports, resource: ResourceReader): Truth {
  if (ports.numbers === EVERY) return Truth.of(!rule.icmp().yes, 'ICMP has no ports');
  if (rule.isPortOf(resource)) return Truth.YES;
  const known = rule.coversSome(ports.numbers);
  if (ports.open === undefined || known.yes) return known;
  return any([known, rule.coversAll().yes ? Truth.YES : Truth.unknown(ports.open)]);
}

/** No rule lets the internet reach any of the TCP (or UDP) ports. */
export function notReachable(rules: TrafficRules, ports: readonly number[]): Truth {
  // Most rules are not open to the world: then their ports do not matter.
  return noRule(rules, (rule) => both(rule.worldwide(), () => rule.coversSome(ports)), (rule) => {
    const reached = ports.filter((port) => rule.covers(port).yes);
    const shown = reached.slice(0, 4).join(', ') + (reached.length > 4 ? ` and ${reached.length - 4} more` : '');
    return `lets the internet reach port${reached.length === 1 ? '' : 's'} ${shown}`;
  });
}

export const SSH = [22];
export const RDP = [3389];

/** The ports on which common databases, caches, search engines and analytics stores listen by default. */
export const DATA_PORTS = [1433, 1434, 1521, 3306, 5432, 5439, 5984, 6379, 8111, 8182, 9042, 9111, 9200, 9300, 11211, 27017, 27018, 27019];

/** Services that are not meant for strangers, by port: those that hand out control, files, identities or messages. */
export const PRIVATE_SERVICES: Readonly<Record<number, string>> = {
  20: 'FTP', 21: 'FTP', 23: 'Telnet', 69: 'TFTP', 88: 'Kerberos', 111: 'RPC', 135: 'RPC', 137: 'NetBIOS', 138: 'NetBIOS', 139: 'NetBIOS', 161: 'SNMP',
  389: 'LDAP', 445: 'SMB', 464: 'Kerberos', 512: 'rexec', 513: 'rlogin', 514: 'rsh', 623: 'IPMI', 636: 'LDAPS', 873: 'rsync', 2049: 'NFS', 2181: 'ZooKeeper',
  2375: 'Docker', 2376: 'Docker', 2379: 'etcd', 2380: 'etcd', 3268: 'LDAP', 3269: 'LDAPS', 4333: 'mSQL', 5500: 'VNC', 5601: 'Kibana', 5671: 'AMQP',
  5672: 'AMQP', 5800: 'VNC', 5900: 'VNC', 5985: 'WinRM', 5986: 'WinRM', 6000: 'X11', 7000: 'Cassandra', 7001: 'Cassandra', 7199: 'Cassandra', 8161: 'ActiveMQ',
  8162: 'ActiveMQ', 9092: 'Kafka', 9094: 'Kafka', 9096: 'Kafka', 9098: 'Kafka', 9160: 'Cassandra', 10250: 'kubelet', 15672: 'RabbitMQ', 61616: 'ActiveMQ',
  61617: 'ActiveMQ',
};

export const PRIVATE_PORTS: readonly number[] = Object.keys(PRIVATE_SERVICES).map(Number);

export function servicesAmong(ports: readonly number[]): string {
  const names = [...new Set(ports.map((port) => PRIVATE_SERVICES[port]))];
  return names.slice(0, 4).join(', ') + (names.length > 4 ? ` and ${names.length - 4} more` : '');
}
