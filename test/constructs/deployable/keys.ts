import { trap } from './trap';
import { all, any, applies, Truth } from '../../../src/rules/kernel';

const KEY = 'AWS::KMS::Key';

/** AWS KMS developer guide, "Default key policy" and "Rotate AWS KMS keys". */
export const KEY_TRAPS = [
  // "The new key policy will not allow you to update the key policy in the future."
  trap(KEY, (key) => any([
    key.get('BypassPolicyLockoutSafetyCheck').isTrue(),
    key.get('KeyPolicy').isAbsent(),
    key.get('KeyPolicy').policy().some('Allow', (statement) => all(statement.coversAction('kms:PutKeyPolicy'), statement.principal().kind('AWS', (item) => item.isPresent()))),
  ]).because('its policy lets no account and no role change the policy (kms:PutKeyPolicy), which KMS refuses')),
  trap(KEY, (key) => applies(key.get('EnableKeyRotation').isTrue(), 'it is not rotated', () => (
    key.get('KeySpec').missing ? Truth.YES : key.get('KeySpec').is('SYMMETRIC_DEFAULT').because('EnableKeyRotation is for symmetric keys only, KMS refuses it')))),
];
