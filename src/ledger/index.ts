export * from './assess';
export * from './counts';
export { digestOf, ledgerBytes, toolVersion } from './digest';
export { PLUGIN_NAME } from './exceptions';
export type { AcknowledgementMode } from './exceptions';
export * from './model';
export * from './run';
