export { isEveryAction, Statement } from './statement';
export { accountOf } from './accounts';
export { Conditions } from './condition';
export { Policy } from './document';
export { parseJsonText } from './json-text';
export { Principal } from './principal';
export { wildcard } from './wildcard';
