export { AvailabilityCriteriaAspect, CriteriaAspect, CriteriaAspectProps, SecurityCriteriaAspect } from './criteria-aspect';
export * from './options';
export * from './soc2';
export { Soc2Checks, Soc2ChecksProps } from './soc2-checks';
