/** The five categories of Trust Services Criteria. */
export enum TrustServicesCategory {
  /** The common criteria (CC). Every SOC 2 examination includes them, so they are always in scope. */
  SECURITY = 'security',
  /** The criteria A1.1 to A1.3. */
  AVAILABILITY = 'availability',
  /** The criteria C1.1 and C1.2. */
  CONFIDENTIALITY = 'confidentiality',
  /** The criteria PI1.1 to PI1.5. */
  PROCESSING_INTEGRITY = 'processing-integrity',
  /** The criteria P1.1 to P8.1. */
  PRIVACY = 'privacy',
}

/** Whether `Validations.of(scope).acknowledge()` may silence a finding. */
export enum AcknowledgementPolicy {
  /** It may, except for rules of severity critical. The ledger lists each as an exception that nobody has approved. */
  HONOUR = 'honour',
  /** It may not: every blocking finding is raised as fatal, which CDK does not let anybody suppress. */
  REFUSE = 'refuse',
}

/** A format in which evidence is written. */
export enum EvidenceFormat {
  /** The ledger: every resource, every evaluation, what was read. */
  JSON = 'json',
  /** The control-mapping report, one file that opens offline. */
  HTML = 'html',
  /** A summary in Markdown. */
  MARKDOWN = 'md',
  /** Every evaluation as a row. */
  CSV = 'csv',
  /** What the command prints. */
  TEXT = 'text',
}

/** What is judged, and how. */
export interface CriteriaOptions {
  /**
   * How CDK's own acknowledgements count.
   *
   * @default AcknowledgementPolicy.HONOUR
   */
  readonly acknowledgements?: AcknowledgementPolicy;
  /**
   * The day that expiry dates are compared with, `YYYY-MM-DD` in UTC.
   *
   * @default - the day of SOURCE_DATE_EPOCH if that is set, else today
   */
  readonly asOf?: string;
  /**
   * Treat a default that AWS applies as if the property were missing.
   *
   * @default false
   */
  readonly requireExplicit?: boolean;
}
