import { all, any, not, Property, ResourceReader, rule, Truth } from './kernel';

const EVERYBODY = 'IAM_ALLOWED_PRINCIPALS';

/** Whoever IAM lets in is given nothing. Settings that are left out are cleared when all are replaced, and otherwise stay as the account has them. */
function givesNothing(settings: ResourceReader, name: string): Truth {
  const grants = settings.get(name);
  if (grants.seen().missing) {
    return any([settings.get('MutationType').is('REPLACE'), Truth.unknown(`${name} is absent, so what the account has stays`)]);
  }
  return grants.every((grant: Property) => not(
    all(grant.get('Principal.DataLakePrincipalIdentifier').is(EVERYBODY), grant.get('Permissions').isPresent()),
    `${name} gives permissions to ${EVERYBODY}`,
  ));
}

export const noDefaultGrants = rule({
  id: 'LakeFormation.NoDefaultGrants',
  resourceTypes: ['AWS::LakeFormation::DataLakeSettings'],
  title: 'New databases and tables are given to nobody',
  severity: 'medium',
  criteria: { direct: ['CC6.3'], supporting: ['CC6.1', 'C1.1'] },
  rationale: 'With the grant to IAM_ALLOWED_PRINCIPALS every new table is open to whoever IAM lets at the catalog, and permissions of Lake Formation decide nothing.',
  remediation: { cfn: 'CreateDatabaseDefaultPermissions: [] and CreateTableDefaultPermissions: []' },
  sources: ['AWS::LakeFormation::DataLakeSettings', 'AWS Lake Formation developer guide, "Changing the default settings for your data lake"'],
  check: (settings) => all(...['CreateDatabaseDefaultPermissions', 'CreateTableDefaultPermissions'].map((name) => givesNothing(settings, name))),
});
