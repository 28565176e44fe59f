/** Exit codes of the command. */
export const enum ExitCode {
  /** Nothing failed at or above the threshold. */
  OK = 0,
  /** Something did. */
  FINDINGS = 1,
  /** The command or its input is wrong; nothing was decided. */
  USAGE = 2,
  /** The evidence is incomplete, or does not verify. */
  INCOMPLETE = 3,
}

/** Ends the command with a message for the user and an exit code. */
export class Failure extends Error {
  constructor(message: string, readonly exitCode: ExitCode = ExitCode.USAGE) {
    super(message);
  }
}
