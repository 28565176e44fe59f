import type { Criterion } from '../criterion';

/** Confidentiality, C1. */
export const CONFIDENTIALITY: readonly Criterion[] = [
  {
    id: 'C1.1',
    category: 'confidentiality',
    title: 'Confidential information identified and kept',
    class: 'partial',
    responsibility: 'customer',
    shows: 'Classification tags, sensitive-data discovery, masking and retention locks are configured.',
    doesNotShow: 'What the organization deems confidential and how long it has to keep it.',
    evidenceNeeded: 'Data classification policy, inventory of confidential data, retention schedule, confidentiality agreements.',
  },
  {
    id: 'C1.2',
    category: 'confidentiality',
    title: 'Disposal of confidential information',
    class: 'partial',
    responsibility: 'customer',
    shows: 'Lifecycle rules, time-to-live settings and log expiry delete data after a set time.',
    doesNotShow: 'Whether everything due was destroyed, copies outside the templates included.',
    evidenceNeeded: 'Disposal log, deletion confirmations for departed customers, searches for data past its retention date.',
  },
];
