import { claims, inherited } from './claims';
import { cover } from './cover';
import { advisory, detail } from './detail';
import { exceptions } from './exceptions';
import { page } from './layout';
import { criteria, definitions, limitations } from './limitations';
import { matrix } from './matrix';
import { provenance } from './provenance';
import { scope } from './scope';
import { summary } from './summary';
import { viewOf } from './view';
import { waivers } from './waivers';
import type { Ledger } from '../../ledger/model';

/**
 * The auditor's report: one self-contained HTML document that needs no network and no JavaScript.
 * A pure function: equal ledgers give equal text.
 */
export function renderHtml(ledger: Ledger): string {
  const view = viewOf(ledger);
  return page(view, cover(view), [
    provenance(view),
    summary(view),
    scope(view),
    matrix(view),
    detail(view),
    exceptions(view),
    advisory(view),
    waivers(view),
    claims(view),
    inherited(view),
    limitations(view),
    criteria(view),
    definitions(),
  ]);
}
