export * from './assess';
export * from './counts';
export { digestOf, ledgerText, toolVersion } from './digest';
export { AcknowledgementMode, PLUGIN_NAME } from './exceptions';
export * from './model';
export * from './run';
