// Takes the property injectors from an app, to see what its plain constructs are like without them.
const { PropertyInjectors } = require('aws-cdk-lib');
PropertyInjectors.prototype.add = () => {};
