import { LedgerAcknowledgement, LedgerOptOut } from './model';
import { Declaration } from '../declarations/metadata';
import { Rule } from '../rules/kernel';
import { Acknowledgement, Resource } from '../template/model';
import { compareText } from '../template/text';

/** The name that CDK knows our plugin by; an acknowledgement of a rule is `SOC2::<rule>`. */
export const PLUGIN_NAME = 'SOC2';

/** How CDK's own acknowledgements count. */
export type AcknowledgementMode = 'honour' | 'refuse';

interface Acknowledged extends Acknowledgement {
  readonly rule: string;
  applied: number;
  refused: number;
}

/**
 * CDK's acknowledgements, applied as CDK applies them: the one on the closest ancestor counts, only under the exact id, and never for a
 * rule that is fatal. None has an owner, an approver or an end, so the ledger lists them as unapproved.
 */
export class Acknowledgements {
  private readonly byRule = new Map<string, Map<string, Acknowledged>>();
  private readonly all: Acknowledged[] = [];

  constructor(acknowledgements: readonly Acknowledgement[], private readonly mode: AcknowledgementMode) {
    for (const one of acknowledgements) {
      if (!one.id.startsWith(`${PLUGIN_NAME}::`)) continue;
      const acknowledged: Acknowledged = { ...one, rule: one.id.slice(PLUGIN_NAME.length + 2), applied: 0, refused: 0 };
      this.all.push(acknowledged);
      const scopes = this.byRule.get(acknowledged.rule);
      if (scopes) scopes.set(one.scope, acknowledged);
      else this.byRule.set(acknowledged.rule, new Map([[one.scope, acknowledged]]));
    }
  }

  /** The acknowledgement that covers a failure, as `ack:<rule>@<scope>`. */
  cover(rule: Rule, constructPath: string | undefined): string | undefined {
    const scopes = this.byRule.get(rule.id);
    if (!scopes) return undefined;
    for (let path = constructPath ?? ''; ; path = path.slice(0, Math.max(0, path.lastIndexOf('/')))) {
      const found = scopes.get(path);
      if (found) {
        if (rule.severity === 'critical' || this.mode === 'refuse') {
          found.refused++;
          return undefined;
        }
        found.applied++;
        return idOf(found);
      }
      if (path === '') return undefined;
    }
  }

  /** Ids that name no rule: they silence nothing, and their author should know. */
  unknownRules(exists: (id: string) => boolean): string[] {
    return [...this.byRule.keys()].filter((id) => !exists(id)).sort(compareText);
  }

  list(): LedgerAcknowledgement[] {
    return this.all.map((one): LedgerAcknowledgement => ({
      id: idOf(one), rule: one.rule, scope: one.scope, reason: one.reason, approved: false,
      state: one.applied > 0 ? 'active' : one.refused > 0 ? 'refused' : 'unused', appliedTo: one.applied,
    })).sort((a, b) => compareText(a.id, b.id));
  }
}

function idOf(one: Acknowledged): string {
  return `ack:${one.rule}@${one.scope || '(app)'}`;
}

/** Weakenings that a construct was given a reason for. They cover the rule on the resource that carries them until they expire. */
export class OptOuts {
  private readonly used = new Map<string, LedgerOptOut>();

  constructor(private readonly asOf: string) {}

  /** Notes the opt-outs of a resource; call it once for each resource that declares any. */
  note(resource: Resource, declaration: Declaration): void {
    for (const { rule, reason, ticket, expires } of declaration.optOuts) {
      const id = `opt-out:${rule}@${resource.id}`;
      const expired = expires !== undefined && expires < this.asOf;
      this.used.set(id, { id, rule, resource: resource.id, construct: declaration.construct, reason, ticket, expires, state: expired ? 'expired' : 'unused' });
    }
  }

  /** The opt-out that covers a failure. An expired one covers nothing, nor does any cover a critical rule. */
  cover(rule: Rule, resource: Resource): string | undefined {
    const id = `opt-out:${rule.id}@${resource.id}`;
    const found = this.used.get(id);
    if (!found || found.state === 'expired' || rule.severity === 'critical') return undefined;
    this.used.set(id, { ...found, state: 'active' });
    return id;
  }

  /** Why an opt-out does not cover a failure, to be said beside it. */
  remark(rule: Rule, resource: Resource): string | undefined {
    const found = this.used.get(`opt-out:${rule.id}@${resource.id}`);
    if (!found) return undefined;
    return found.state === 'expired' ? `its opt-out expired on ${found.expires}` : 'an opt-out does not cover a critical rule';
  }

  list(): LedgerOptOut[] {
    return [...this.used.values()].sort((a, b) => compareText(a.id, b.id));
  }
}
