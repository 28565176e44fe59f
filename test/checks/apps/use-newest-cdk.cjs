// Child processes do not know jest's module map: when the tests run against another aws-cdk-lib, so must the apps that they start.
const newest = process.env.CDK_SOC2_NEWEST_CDK;
if (newest) {
  const Module = require('node:module');
  const original = Module._resolveFilename;
  const anchor = require.resolve(`${newest}/node_modules/aws-cdk-lib/package.json`);
  Module._resolveFilename = function (request, parent, ...rest) {
    const mapped = /^(aws-cdk-lib|constructs)(\/|$)/.test(request) ? { ...parent, filename: anchor, paths: [`${newest}/node_modules`] } : parent;
    return original.call(this, request, mapped, ...rest);
  };
}
