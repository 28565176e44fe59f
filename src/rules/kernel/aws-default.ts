/** A JSON value that nobody changes. */
export type Constant = string | number | boolean | readonly Constant[] | { readonly [key: string]: Constant };

/** What AWS does where a template leaves a property out: a fact with its source, kept as data in `rules/aws-defaults/`. */
export interface AwsDefault {
  readonly value: Constant;
  /** Title of the AWS documentation or announcement that says so. */
  readonly source: string;
  /** Since when AWS applies it to what is newly made, `YYYY-MM-DD` or `YYYY-MM`. Left out where it always did. */
  readonly since?: string;
  /** When the source was last read, `YYYY-MM`. Left out where nothing was found that says it in words: the fact is then known from use only. */
  readonly read?: string;
}

/** How the evidence names it. */
export function saidOf({ source, since, read }: AwsDefault): string {
  return `AWS default (${source}${since === undefined ? '' : `, since ${since}`}${read === undefined ? ', not confirmed in writing' : ''})`;
}
