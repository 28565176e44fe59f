import { Reference, Value } from '../../template/value';

/** A pseudo parameter is one text; what another parameter holds may be a list. */
export function isOneText(value: Value): boolean {
  const parameter = value.kind === 'unknown' ? value.part.parameter : undefined;
  return parameter !== undefined && parameter.startsWith('AWS::') && parameter !== 'AWS::NotificationARNs';
}

/** What somebody's own code or a stored value gives may be any text, unlike a name or an ARN. */
export function isAnyText({ target, attribute }: Reference): boolean {
  return /^Custom::|^AWS::CloudFormation::|::MODULE$/.test(target.type) || (target.type === 'AWS::SSM::Parameter' && attribute === 'Value');
}
