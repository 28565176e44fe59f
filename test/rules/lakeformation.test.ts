import { ifProd, P, subject } from './cases';
import { fail, pass, unknown, verdicts } from './verdicts';
import { noDefaultGrants } from '../../src/rules/lakeformation';

const settings = subject('AWS::LakeFormation::DataLakeSettings');
const to = (DataLakePrincipalIdentifier: unknown, Permissions: unknown = ['ALL']) => [{ Principal: { DataLakePrincipalIdentifier }, Permissions }];
const grants = (databases: unknown, tables: unknown) => settings({ CreateDatabaseDefaultPermissions: databases, CreateTableDefaultPermissions: tables });

verdicts(noDefaultGrants, {
  pass: { 'to nobody': grants([], []), 'to a role': grants(to('arn:aws:iam::111111111111:role/data'), []), 'all settings are replaced': settings({ MutationType: 'REPLACE' }) },
  fail: { 'databases': grants(to('IAM_ALLOWED_PRINCIPALS'), []), 'tables': grants([], to('IAM_ALLOWED_PRINCIPALS')) },
  unknown: { 'the principal is a parameter': grants(to(P), []), 'left out: what the account has stays': settings(), 'left out, by parameter': settings({ MutationType: P }) },
  trap: {
    'no permission is given': pass(grants(to('IAM_ALLOWED_PRINCIPALS', []), [])),
    'added to what the account has': unknown(settings({ MutationType: 'APPEND', CreateDatabaseDefaultPermissions: [] }), { message: /CreateTableDefaultPermissions is absent/ }),
    'one is left out, the other given away': fail(settings({ CreateTableDefaultPermissions: to('IAM_ALLOWED_PRINCIPALS') })),
    'in one branch': fail(grants(ifProd([], to('IAM_ALLOWED_PRINCIPALS')), []), { message: /IsProd is false/ }),
  },
});
