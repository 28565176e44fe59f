import fc from 'fast-check';

/*
 * Properties are tried with the same inputs on every machine, so that a change is judged by what it changed and not by what chance found that day.
 * To search elsewhere and for longer: PROPERTY_SEED=<any number> PROPERTY_TIMES=<how many times as many inputs>.
 */
const { PROPERTY_SEED = 2, PROPERTY_TIMES = 1 } = process.env;
fc.configureGlobal({ seed: Number(PROPERTY_SEED) });

/** How often a property is tried. */
export const runs = (usual: number): { numRuns: number } => ({ numRuns: usual * Number(PROPERTY_TIMES) });

export default fc;
