import { CfnResource, Names, Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { OptOut } from '../../declarations/opt-out';
import { SecureLogGroup } from '../logging/secure-log-group';

/** The log groups of a database. */
export interface DatabaseLogs {
  /** What their names begin with, e.g. `/aws/rds/instance`. */
  readonly folder: string;
  /** The identifier of the database, as it was given or as `identifierOf` made it. */
  readonly identifier: string;
  /** The logs that the database exports. */
  readonly exported: readonly string[];
  readonly retention?: logs.RetentionDays;
  readonly optOuts?: readonly OptOut[];
}

/** At most 63 letters, digits and single hyphens, beginning with a letter and not ending in a hyphen. */
export function identifierOf(database: Construct): string {
  return Names.uniqueResourceName(database, { maxLength: 61, separator: '-' }).toLowerCase().replace(/^(?![a-z])/, 'db').replace(/-+/g, '-').replace(/-$/, '');
}

/** A shorter retention is a matter of the log groups, so the reasons for it go to them. */
export function ofLogGroup({ rule }: OptOut): boolean {
  return rule.startsWith('Logs.');
}

/**
 * Makes the log groups of a database before it: the service would make them without retention and key. Their names hold that of the database,
 * which therefore has to be fixed.
 */
export function makeLogGroups(database: Construct, resource: CfnResource, given: DatabaseLogs): Record<string, logs.ILogGroup> {
  const { folder, identifier, exported, retention } = given;
  // AWS spells the identifier in lower case whatever it was given.
  const lower = Token.isUnresolved(identifier) ? identifier : identifier.toLowerCase();
  const optOuts = given.optOuts?.filter(ofLogGroup);
  return Object.fromEntries(exported.map((log) => {
    const group = new SecureLogGroup(database, `Log${log}`, { logGroupName: `${folder}/${lower}/${log}`, retention, optOuts });
    resource.node.addDependency(group);
    return [log, group];
  }));
}
