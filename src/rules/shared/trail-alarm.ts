import { awsDefaults } from '../aws-defaults';
import { all, any, environmentRule, Evaluation, not, ResourceReader, Rule, Truth } from '../kernel';
import { filterAlarmed } from './alarm-action';
import { takesEvent } from './event-pattern';
import { filterTakes } from './filter-pattern';
import { jsonAt } from './json-text';
import { apiCalls, Sample } from './trail-samples';

const FILTER = 'AWS::Logs::MetricFilter';

export interface TrailAlarm extends Pick<Rule, 'id' | 'title' | 'criteria' | 'rationale' | 'sources'> {
  readonly severity?: Rule['severity'];
  readonly onByDefault?: boolean;
  /** Examples of every kind of event that must ring. */
  readonly samples: readonly Sample[];
  /** Events that another alarm is about: one that they ring too is not about the samples. @default - an ordinary call */
  readonly others?: readonly Sample[];
  /** The service records its events in one Region, whichever it is called from. @default false */
  readonly global?: boolean;
}

const ORDINARY = apiCalls('ec2', ['DescribeInstances'], { readOnly: true });
/** IAM and Organizations both have calls of these names, and patterns often name no service: they do not tell what a pattern is about. */
const SHARED = ['CreatePolicy', 'DeletePolicy'];

/**
 * A rule that somebody is told of certain events: by an alarm on the metric of a filter, or by an EventBridge rule with a target. Patterns are
 * compared by what they take, on an example of each event, not by how they are written.
 */
export function trailAlarm({ samples, others = ORDINARY, global = false, severity = 'low', ...spec }: TrailAlarm): Rule {
  return environmentRule({
    ...spec,
    severity,
    resourceTypes: [FILTER, 'AWS::Events::Rule'],
    within: 'account',
    remediation: {
      construct: 'AlarmTopic',
      l2: 'new MetricFilter(…).metric().createAlarm(…), or new Rule({ eventPattern, targets })',
      cfn: 'an AWS::Logs::MetricFilter on the log group of the trail, with an AWS::CloudWatch::Alarm on its metric',
    },
    candidate: (resource) => {
      const telling = samples.filter(({ what }) => !SHARED.includes(what));
      return all(any(telling.map((sample) => takes(resource, sample))), ...others.map((sample) => not(takes(resource, sample), 'it is about other events')));
    },
    check: (resource, model) => all(
      ...samples.map((sample) => takes(resource, sample).because(`${resource.logicalId} leaves out ${sample.what}`)),
      resource.type === FILTER ? filterAlarmed(resource, model) : delivers(resource, model, global),
    ),
  });
}

function takes(resource: ResourceReader, { source, detailType, record }: Sample): Truth {
  if (resource.type === FILTER) return filterTakes(resource.get('FilterPattern'), record);
  // Only the default bus carries what CloudTrail records.
  const bus = resource.get('EventBusName').awsDefault(awsDefaults['AWS::Events::Rule.EventBusName']);
  return all(
    bus.matches(/(^|event-bus\/)default$/, 'the default bus'),
    takesEvent(jsonAt(resource.get('EventPattern'), resource), { source, 'detail-type': detailType, 'account': '111111111111', 'detail': record }),
  );
}

function delivers(rule: ResourceReader, model: Evaluation, global: boolean): Truth {
  return all(
    rule.get('Targets').count(1).because(`${rule.logicalId} has no target`),
    not(rule.get('State').is('DISABLED'), `${rule.logicalId} is switched off`),
    hears(rule, model, global),
  );
}

/** EventBridge hands out events in the Region that they happen in; those of global services in us-east-1, unless a rule there passes them on. */
function hears(rule: ResourceReader, model: Evaluation, global: boolean): Truth {
  const { region } = rule.resource.template.context;
  const wanted = global ? 'us-east-1' : /\/([^/]+)$/.exec(model.subject.logicalId)?.[1];
  if (region === wanted || (!global && region === undefined)) return Truth.YES;
  return Truth.unknown(`${rule.logicalId} sees the events of ${region ?? 'a Region that is known at deployment'}, and these are handed out in ${wanted}`);
}
