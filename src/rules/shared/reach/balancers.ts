import { numberAt } from './expressions';
import type { Ports } from './ports';
import { Evaluation, Property, ResourceReader } from '../../kernel';

/** The ports at which a load balancer takes connections to pass them on as they are; requests of HTTP it reads itself. None where it has no listener. */
export function passedOnPorts(balancer: ResourceReader, model: Evaluation): Ports | undefined {
  const { items, open } = listenersOf(balancer, model);
  if (items.length === 0 && open === undefined) return undefined;
  const ports = items.filter(({ protocol }) => !protocol.matches(/^https?$/i, 'HTTP').yes).map(({ port }) => port.seen());
  const numbers = ports.map(numberAt);
  return {
    numbers: numbers.filter((number) => number !== undefined),
    open: open ?? (numbers.includes(undefined) ? 'the port of a listener is known at deployment only' : undefined),
  };
}

interface Listeners { readonly items: readonly { readonly protocol: Property; readonly port: Property }[]; readonly open?: string }

/** They stand in a classic load balancer, and apart from one of the later kinds. */
function listenersOf(balancer: ResourceReader, model: Evaluation): Listeners {
  if (balancer.type === 'AWS::ElasticLoadBalancing::LoadBalancer') {
    const { items, open } = balancer.get('Listeners').list();
    return { items: items.map((one) => ({ protocol: one.get('Protocol'), port: one.get('LoadBalancerPort') })), open };
  }
  return {
    items: model.referrers(balancer, 'AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn').map((one) => ({ protocol: one.get('Protocol'), port: one.get('Port') })),
  };
}
