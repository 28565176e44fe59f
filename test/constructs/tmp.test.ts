process.env.CDK_VALIDATION = 'false';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EncryptionKey } from '../../src/constructs/security/encryption-key';
test('x', () => {
  const app = new App();
  const stack = new Stack(app, 'S');
  const key = EncryptionKey.shared(stack, 'data');
  key.grantService('cloudtrail.amazonaws.com');
  console.log(JSON.stringify(Template.fromStack(stack).toJSON(), null, 1));
});
