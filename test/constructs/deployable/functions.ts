import { keyAt } from './request';
import { roleAllows } from './roles';
import { trap } from './trap';
import { all, any, Evaluation, Property, ResourceReader, Truth, when } from '../../../src/rules/kernel';

const FUNCTIONS = ['AWS::Lambda::Function', 'AWS::Lambda::Alias', 'AWS::Lambda::Version'];

/** A permission lets the service invoke the function that a place names, when the templates hold it. */
function invokable(place: Property, model: Evaluation, service: string): Truth {
  const called = place.target();
  if (!called || !FUNCTIONS.includes(called.type)) return Truth.YES;
  return any(model.referrers(called, 'AWS::Lambda::Permission', 'FunctionName').map((permission) => permission.get('Principal').is(service)))
    .because(`no AWS::Lambda::Permission lets ${service} invoke ${called.logicalId}`);
}

/** The role may send what failed to the queue or topic that a place names, whatever key that is under. */
function maySend(role: Property, place: Property, model: Evaluation): Truth {
  const target = place.target();
  const [action, key] = target?.type === 'AWS::SQS::Queue' ? ['sqs:SendMessage', 'KmsMasterKeyId'] : target?.type === 'AWS::SNS::Topic' ? ['sns:Publish', 'KmsMasterKeyId'] : [];
  if (!target || action === undefined) return Truth.YES;
  const own = keyAt(target.get(key!), model);
  return all(roleAllows(role, model, [action], target), own ? any([roleAllows(role, model, ['kms:GenerateDataKey', 'kms:Decrypt'], own), keyNamesRole(own, role)]) : Truth.YES);
}

function keyNamesRole(key: ResourceReader, role: Property): Truth {
  const named = role.target();
  return key.get('KeyPolicy').policy().some('Allow', (statement) => all(
    statement.coversAction('kms:GenerateDataKey'),
    // The account itself only lets the policies of the role decide.
    statement.principal().kind('AWS', (item) => (named && !item.endsWith(':root').yes ? item.names(named) : Truth.no('it is another principal'))),
  )).because('neither its policies nor that of the key allow it');
}

export const FUNCTION_TRAPS = [
  trap('AWS::Lambda::Function', (fn, model) => maySend(fn.get('Role'), fn.get('DeadLetterConfig.TargetArn'), model)),
  trap('AWS::Lambda::EventInvokeConfig', (config, model) => {
    const called = config.get('FunctionName').target();
    return called?.type === FUNCTIONS[0] ? all(...['OnFailure', 'OnSuccess'].map((outcome) => maySend(called.get('Role'), config.get(`DestinationConfig.${outcome}.Destination`), model))) : Truth.YES;
  }),
  trap('AWS::SecretsManager::RotationSchedule', (schedule, model) => invokable(schedule.get('RotationLambdaARN'), model, 'secretsmanager.amazonaws.com')),
  trap('AWS::SNS::Subscription', (subscription, model) => when(subscription.get('Protocol').is('lambda'), () => invokable(subscription.get('Endpoint'), model, 'sns.amazonaws.com'))),
  trap('AWS::Events::Rule', (rule, model) => rule.get('Targets').every((target) => invokable(target.get('Arn'), model, 'events.amazonaws.com'))),
];
