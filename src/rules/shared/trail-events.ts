import { awsDefaults } from '../aws-defaults';
import { all, any, not, Property, ResourceReader, Truth } from '../kernel';

type Kind = 'read' | 'write';

/** The trail or event data store records management events, whether they read or write. Sources that are left out, such as KMS, do not count. */
export function recordsManagementEvents(resource: ResourceReader): Truth {
  return readsAndWrites((kind) => managementOf(resource, kind)).because('its selectors leave out management events');
}

/** It records some of them: those that read, those that write, or both. */
export function recordsSomeManagementEvents(resource: ResourceReader): Truth {
  return any([managementOf(resource, 'read'), managementOf(resource, 'write')]).because('its selectors leave out management events');
}

function managementOf(resource: ResourceReader, kind: Kind): Truth {
  return selectors(resource, kind, Truth.YES, (basic) => basic.get('IncludeManagementEvents')
    .awsDefault(awsDefaults['AWS::CloudTrail::Trail.EventSelectors.IncludeManagementEvents']).isTrue(), (advanced) => field(advanced, 'eventCategory', 'Management'));
}

/** The trail records data events of a resource type, by basic or advanced selectors. */
export function recordsDataEvents(trail: ResourceReader, type: string): Truth {
  return readsAndWrites((kind) => selectors(trail, kind, Truth.no('data events are recorded only when asked for'),
    (basic) => basic.get('DataResources').some((resource) => all(resource.get('Type').is(type), resource.get('Values').count(1))),
    (advanced) => all(field(advanced, 'eventCategory', 'Data'), field(advanced, 'resources.type', type)),
  )).because(`no selector records data events of ${type}, both reads and writes`);
}

function readsAndWrites(check: (kind: Kind) => Truth): Truth {
  return all(check('read'), check('write'));
}

/** Some selector answers yes for events of the kind. `without` says what holds where there is no selector at all. */
function selectors(resource: ResourceReader, kind: Kind, without: Truth, basic: (selector: Property) => Truth, advanced: (selector: Property) => Truth): Truth {
  const advancedOnes = resource.get('AdvancedEventSelectors');
  const store = resource.type === 'AWS::CloudTrail::EventDataStore';
  const ones = store ? advancedOnes.awsDefault(awsDefaults['AWS::CloudTrail::EventDataStore.AdvancedEventSelectors']) : advancedOnes;
  const found = ones.some((one) => all(advanced(one), any([not(restricts(one), 'it takes some events only'), field(one, 'readOnly', String(kind === 'read'))])));
  // Advanced selectors take the place of basic ones.
  if (store || advancedOnes.isPresent().yes) return found;
  // CDK writes an empty list where nothing is selected.
  const listed = resource.get('EventSelectors');
  if (!listed.missing && listed.isPresent().no) return any([found, without]);
  const basicOnes = listed.awsDefault(awsDefaults['AWS::CloudTrail::Trail.EventSelectors']);
  return any([found, basicOnes.some((one) => all(basic(one), one.get('ReadWriteType')
    .awsDefault(awsDefaults['AWS::CloudTrail::Trail.EventSelectors.ReadWriteType']).oneOf(['All', kind === 'read' ? 'ReadOnly' : 'WriteOnly'])))]);
}

function restricts(selector: Property): Truth {
  return selector.get('FieldSelectors').some((one) => one.get('Field').is('readOnly'));
}

function field(selector: Property, name: string, value: string): Truth {
  return selector.get('FieldSelectors').some((one) => all(one.get('Field').is(name), one.get('Equals').some((item) => item.is(value))));
}
