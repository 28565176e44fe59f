import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The default directory of `Soc2.apply`: beside the cloud assembly, and none when CDK made a temporary directory for that, as in unit tests. */
export function evidenceBeside(outdir: string): string | undefined {
  const parent = dirname(resolve(outdir));
  return parent === resolve(tmpdir()) || parent === realpathSync(tmpdir()) ? undefined : join(parent, 'soc2.out');
}
