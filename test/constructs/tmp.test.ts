import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { SecureDatabase } from '../../src/constructs';
import { appWith, claimsIn, modelOf } from './harness';
test('x', () => {
  const app = appWith();
  const stack = new Stack(app, 'S');
  const postgres = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_14 });
  new SecureDatabase(stack, 'X', { engine: postgres, vpc: new ec2.Vpc(stack, 'V'), credentials: rds.Credentials.fromGeneratedSecret('someone') });
  console.log(JSON.stringify(Object.values(Template.fromStack(stack).findResources('AWS::RDS::DBInstance'))[0].Properties, null, 1), claimsIn(modelOf(app), 'SecureDatabase').filter((c) => c.verdict !== 'pass').map((c) => c.rule + c.says));
});
