import { Template } from '../../template/model';
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

/** A parameter as the source of a value. */
export interface ParameterSource { readonly name: string; readonly noEcho: boolean; readonly hasDefault: boolean }

/** The parameter that a value comes from, if it is one. */
export function parameterOf(value: Value, template: Template): ParameterSource | undefined {
  const from = value.kind === 'known' ? value.origin : value.kind === 'unknown' ? value.part : undefined;
  // It may be declared by the parent of a nested stack.
  const declared = from?.declared ?? (from?.parameter === undefined ? undefined : template.parameters.get(from.parameter));
  return declared && { name: declared.name, noEcho: declared.noEcho, hasDefault: declared.default !== undefined && declared.default !== '' };
}
