import { Case, fail, pass, Table, Trap } from './verdicts';

/** A value known at deployment only, a macro that decides even whether there is one, and nothing. */
export const P = { Ref: 'P' };
export const MACRO = { 'Fn::Transform': { Name: 'Mystery' } };
export const NOTHING = { Ref: 'AWS::NoValue' };

/** A value in production, another elsewhere; which it is, is known at deployment only. */
export const ifProd = (there: unknown, elsewhere: unknown = NOTHING) => ({ 'Fn::If': ['IsProd', there, elsewhere] });

/** The resources of a case, with parameter `P`, and condition `IsProd` on `Env`. */
export const caseOf = (resources: Case): Case => ({
  $Parameters: { P: { Type: 'String' }, Env: { Type: 'String' } },
  $Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } },
  ...resources,
});

export type Make = (properties?: object, others?: Case) => Case;

/** Makes cases whose subject is of a type, with some properties always set. */
export const subject = (Type: string, always: object = {}): Make => (properties = {}, others = {}) =>
  caseOf({ Subject: { Type, Properties: { ...always, ...properties } }, ...others });

/** `{ A: { B: value } }` for the path `A.B`. */
export function at(path: string, value: unknown): object {
  return path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as object;
}

type Cases = Readonly<Record<string, Case>>;
type More = Partial<Record<'pass' | 'fail' | 'unknown' | 'notApplicable', Cases>> & { readonly trap?: Readonly<Record<string, Trap>> };

function table(base: Required<Pick<More, 'pass' | 'fail' | 'unknown' | 'trap'>>, more: More): Table {
  return {
    pass: { ...base.pass, ...more.pass }, fail: { ...base.fail, ...more.fail }, unknown: { ...base.unknown, ...more.unknown },
    notApplicable: more.notApplicable, trap: { ...base.trap, ...more.trap },
  };
}

export interface Setting extends More {
  /** A value that passes, and one that fails. */
  readonly good: unknown;
  readonly bad?: unknown;
  /** What an absent property gives. @default 'fail' */
  readonly absent?: 'pass' | 'fail' | 'elsewhere';
}

/** The cases of a rule that asks a setting at one place for its value. */
export function setting(make: Make, path: string, { good, bad, absent = 'fail', ...more }: Setting): Table {
  const spelled = typeof good === 'boolean' ? (good ? 'True' : 'False') : typeof good === 'number' ? String(good) : undefined;
  return table({
    pass: { [`${path} is ${JSON.stringify(good)}`]: make(at(path, good)), ...absent === 'pass' ? { [`${path} is absent`]: make() } : {} },
    fail: {
      ...bad === undefined ? {} : { [`${path} is ${JSON.stringify(bad)}`]: make(at(path, bad)) },
      ...absent === 'fail' ? { [`${path} is absent`]: make() } : {},
    },
    unknown: { [`${path} is known at deployment`]: make(at(path, P)) },
    trap: {
      [`${path} is right in one branch only`]: fail(make(at(path, ifProd(good, bad ?? NOTHING))), { message: /when IsProd is false/ }),
      ...spelled === undefined ? {} : { [`${path} is the text ${spelled}`]: pass(make(at(path, spelled))) },
    },
  }, more);
}

/** The cases of a rule that asks whether something is set at one place. */
export function presence(make: Make, path: string, { value = 'something', ...more }: More & { readonly value?: unknown } = {}): Table {
  const empty = Array.isArray(value) ? [] : typeof value === 'object' ? {} : '';
  return table({
    pass: { [`${path} is set`]: make(at(path, value)) },
    fail: { [`${path} is absent`]: make(), [`${path} is empty`]: make(at(path, empty)) },
    unknown: { [`a macro decides ${path}`]: make(at(path, MACRO)) },
    trap: {
      [`${path} is set in one branch only`]: fail(make(at(path, ifProd(value))), { message: /when IsProd is false/ }),
      [`${path} is set in both branches`]: pass(make(at(path, ifProd(value, value)))),
    },
  }, more);
}
