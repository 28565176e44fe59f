export * from './assess';
export * from './counts';
export { digestOf, ledgerText, toolVersion } from './digest';
export { PLUGIN_NAME } from './exceptions';
export type { AcknowledgementMode } from './exceptions';
export * from './model';
export * from './run';
