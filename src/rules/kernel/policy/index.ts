export { isEveryAction, Statement } from './statement';
export { accountOf } from './accounts';
export { Conditions } from './condition';
export { documentAt, Policy } from './document';
export { parseJsonText } from './json-text';
export { Principal } from './principal';
export { serviceOfAction, wildcard } from './wildcard';
