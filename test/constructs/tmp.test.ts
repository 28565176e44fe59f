process.env.CDK_VALIDATION = 'false';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SecureBucket } from '../../src/constructs/storage/secure-bucket';
test('x', () => {
  const app = new App();
  const stack = new Stack(app, 'S');
  new SecureBucket(stack, 'Data');
  console.log(JSON.stringify(Template.fromStack(stack).toJSON(), null, 1));
});
