export { userFrame } from './assembly';
export { Loader, loadInputs, LoadOptions } from './load';
export * from './model';
