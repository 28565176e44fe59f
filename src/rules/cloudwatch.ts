import { any, applies, rule, Truth } from './kernel';
import { partOfComposite } from './shared/alarm-action';
import { withDefault } from './shared/own-default';

const ALARM = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm', 'AWS::CloudWatch::LogAlarm'];
const ACTIONS = ['AlarmActions', 'OKActions', 'InsufficientDataActions'];

export const alarmAction = rule({
  id: 'CloudWatch.AlarmAction',
  resourceTypes: ALARM,
  title: 'Alarm tells somebody or does something',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3', 'CC7.4'] },
  rationale: 'An alarm without an action changes color in a console that nobody looks at.',
  remediation: { construct: 'AlarmTopic', l2: 'alarm.addAlarmAction(new SnsAction(topic))', cfn: 'AlarmActions' },
  configRule: 'CLOUDWATCH_ALARM_ACTION_CHECK',
  nagRules: ['CloudWatchAlarmAction'],
  sources: ['AWS Security Hub CloudWatch.15', 'AWS Config, cloudwatch-alarm-action-check'],
  check: (alarm, model) => {
    const acts = any(ACTIONS.map((name) => alarm.get(name).isPresent())).because('the alarm has no action');
    if (!acts.no) return acts;
    if (partOfComposite(alarm, model)) return Truth.skip('a composite alarm acts on it');
    const watcher = WATCHERS.find(([type, property]) => model.referrers(alarm, type, property).length > 0);
    return watcher ? Truth.skip(`${watcher[0]} acts on it`) : acts;
  },
});

/** What watches an alarm and acts on it by itself, by the property that names the alarm: to stop or roll back a deployment or an experiment. */
const WATCHERS = [
  ['AWS::CodeDeploy::DeploymentGroup', 'AlarmConfiguration.Alarms.Name'],
  ['AWS::ECS::Service', 'DeploymentConfiguration.Alarms.AlarmNames'],
  ['AWS::AppConfig::Environment', 'Monitors.AlarmArn'],
  ['AWS::FIS::ExperimentTemplate', 'StopConditions.Value'],
] as const;

export const alarmActionsEnabled = rule({
  id: 'CloudWatch.AlarmActionsEnabled',
  resourceTypes: ALARM,
  title: 'Actions of the alarm are not switched off',
  severity: 'medium',
  criteria: { direct: ['CC7.2'], supporting: ['CC7.3'] },
  rationale: 'Actions are switched off for a maintenance window and forgotten; the alarm then rings for nobody.',
  remediation: { construct: 'ServiceAlarms', l2: 'actionsEnabled: true', cfn: 'ActionsEnabled: true' },
  configRule: 'CLOUDWATCH_ALARM_ACTION_ENABLED_CHECK',
  sources: ['AWS::CloudWatch::Alarm, ActionsEnabled: true by default', 'AWS Security Hub CloudWatch.17'],
  check: (alarm) => withDefault(alarm, 'ActionsEnabled').isTrue(),
});

export const alarmTopicSubscribed = rule({
  id: 'CloudWatch.AlarmTopicSubscribed',
  resourceTypes: ['AWS::SNS::Topic'],
  title: 'Topic that takes alarms has a subscriber',
  severity: 'low',
  criteria: { direct: ['CC7.3'], supporting: ['CC7.4', 'CC4.2'] },
  rationale: 'A topic without subscribers passes the alarm on to nobody. Subscriptions are often made outside of templates, so absence here proves little.',
  remediation: { construct: 'AlarmTopic', l2: 'topic.addSubscription(…)', cfn: 'an AWS::SNS::Subscription to the topic' },
  sources: ['Amazon CloudWatch user guide, "Notifying users on alarm changes"'],
  onByDefault: false,
  check: (topic, model) => applies(
    Truth.of(ALARM.some((type) => model.referrers(topic, type, 'AlarmActions').length > 0), 'no alarm'),
    'no alarm of these templates goes to the topic',
    () => any([
      topic.get('Subscription').count(1), Truth.of(model.referrers(topic, 'AWS::SNS::Subscription', 'TopicArn').length > 0, 'no subscription'),
    ]).because('the topic has no subscription'),
  ),
});
