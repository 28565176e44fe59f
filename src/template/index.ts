export { userFrame } from './assembly';
export { Loader, loadInputs } from './load';
export type { LoadOptions } from './load';
export * from './model';
