import { isDay } from './dates';

/** Why a secure default is given up. */
export interface OptOutProps {
  /** The reason, as an auditor should read it. Must not be blank. */
  readonly reason: string;
  /**
   * The ticket in which it was decided.
   *
   * @default - none is recorded
   */
  readonly ticket?: string;
  /**
   * The last day on which the weakening holds, `YYYY-MM-DD` in UTC. From the next day on it is a finding again.
   *
   * @default - it does not expire
   */
  readonly expires?: string;
}

/**
 * A weakening of a secure construct, with its reason.
 *
 * The construct then drops the claim, and the ledger lists the opt-out as an exception that nobody has approved. It does not cover a rule of
 * severity critical.
 */
export class OptOut {
  /**
   * Gives up what a rule asks for.
   *
   * @param rule the id of the rule, e.g. `S3.Versioning`
   * @throws Error when the reason is blank or `expires` is not a day.
   */
  public static of(rule: string, props: OptOutProps): OptOut {
    if (!/^[A-Za-z0-9]+\.[A-Za-z0-9]+$/.test(rule)) {
      throw new Error(`cannot opt out: expected a rule id such as "S3.Versioning", got ${JSON.stringify(rule)}`);
    }
    if (props.reason.trim() === '') throw new Error(`cannot opt out of ${rule}: 'reason' must say why, got a blank text`);
    if (props.expires !== undefined && !isDay(props.expires)) {
      throw new Error(`cannot opt out of ${rule}: 'expires' must be YYYY-MM-DD, got ${JSON.stringify(props.expires)}`);
    }
    return new OptOut(rule, props.reason, props.ticket, props.expires);
  }

  private constructor(
    /** The id of the rule. */
    public readonly rule: string,
    /** The reason. */
    public readonly reason: string,
    /** The ticket in which it was decided. */
    public readonly ticket?: string,
    /** The last day on which it holds. */
    public readonly expires?: string,
  ) {}
}
