import { not, Property, Truth } from '../kernel';
import { looksSecret } from './secret-names';

/** No variable of a list of `Name` and `Value` holds a credential. Only names are evidence: it must not repeat what should not have been written down. */
export function noCredentials(variables: Property): Truth {
  return variables.every((variable) => {
    const name = variable.get('Name').seen().scalar;
    return not(looksSecret(name, variable.get('Value')), `variable ${String(name ?? '')} holds a credential`);
  });
}
