import type { Criterion } from '../criterion';

/** Availability, A1. */
export const AVAILABILITY: readonly Criterion[] = [
  {
    id: 'A1.1',
    category: 'availability',
    title: 'Capacity management',
    class: 'partial',
    responsibility: 'customer',
    shows: 'Scaling policies, throughput and concurrency limits, and alarms on utilization are configured.',
    doesNotShow: 'Whether future demand was forecast and capacity was decided on in time.',
    evidenceNeeded: 'Capacity forecasts, utilization reviews, service-quota requests and the decisions taken on them.',
  },
  {
    id: 'A1.2',
    category: 'availability',
    title: 'Backup, redundancy and environmental protection',
    class: 'infrastructure',
    responsibility: 'shared',
    shows: 'Backups and their retention, multi-zone placement, replication and deletion protection of each resource.',
    doesNotShow: 'Whether backup jobs succeeded, and how data centers are protected from fire, heat and power loss.',
    evidenceNeeded: 'Backup job reports with failures followed up, recovery objectives, SOC 2 report of the provider for environmental controls.',
  },
  {
    id: 'A1.3',
    category: 'availability',
    title: 'Recovery testing',
    class: 'partial',
    responsibility: 'customer',
    shows: 'Restore-testing plans and zonal practice runs are scheduled.',
    doesNotShow: 'Whether the tests met the recovery objectives and what was changed because of them.',
    evidenceNeeded: 'Restore and failover test reports with the times reached, plan walkthrough records, tickets for the gaps found.',
  },
];
