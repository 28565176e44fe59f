#!/usr/bin/env node
// Asking for the version is the commonest call in scripts: answer it before anything else is loaded.
if (process.argv.length === 3 && (process.argv[2] === '--version' || process.argv[2] === '-V')) {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  process.stdout.write(`${(require('../ledger/digest') as typeof import('../ledger/digest')).toolVersion()}\n`);
} else {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  void (require('./program') as typeof import('./program')).main(process.argv);
}
