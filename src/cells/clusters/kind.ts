import { z } from 'zod';
import type { ClusterRequest, Services } from '../../boundary/services';
import type { Cluster, Clustering } from '../../domain/cluster';
import { type ProspectSet, prospectSetTypes } from '../../domain/prospect';
import { fail, succeed } from '../../domain/result';
import type { CellKind, RunContext } from '../../notebook/kind';

const params = z.object({
  /** How many groups. */
  k: z.union([z.literal('auto'), z.number().int().min(2).max(100)]).default('auto'),
  /** 0 to 1: how much the words themselves count beside their meaning. */
  wordWeight: z.number().min(0).max(1).default(0.3),
  /** The rep's own names, by the key of the cluster. */
  names: z.record(z.string(), z.string()).default({}),
  /** Keys of clusters that the map leaves out. */
  hidden: z.array(z.number().int()).default([]),
});

export type ClustersParams = z.infer<typeof params>;

export interface ClustersInputs {
  readonly from: ProspectSet;
}

export interface ClustersOutput extends Clustering {
  /** The rep's own names, by the key of the cluster. */
  readonly names?: Readonly<Record<string, string>>;
}

/** Fewer prospects than this make no groups. */
const fewest = 4;

/** A run that takes longer than this, in seconds, asks first. */
const patience = 60;

export const clustersKind: CellKind<ClustersParams, ClustersInputs, ClustersOutput, Services> = {
  kind: 'clusters',
  summary: 'Groups of similar prospects, named and drawn on a map.',
  params,
  inputs: { from: { accepts: prospectSetTypes, label: 'from' } },
  output: 'clustering',
  viewParams: ['hidden'],

  async ask(context) {
    const ids = context.inputs.from.ids;
    if (ids.length < fewest) return undefined;
    const kept = await context.services.clusterings.kept(requestOf(context));
    if (kept.ok && kept.value) return undefined;
    const cost = await context.services.clusterings.cost(ids);
    if (!cost.ok || cost.value.seconds <= patience) return undefined;
    const { missing, seconds } = cost.value;
    return `${count(missing)} ${missing === 1 ? 'prospect' : 'prospects'} to compare, ${roughly(seconds)}. What is done is kept, also when you stop.`;
  },

  async run(context) {
    const { inputs, services, signal, progress, params } = context;
    if (inputs.from.ids.length < fewest)
      return fail(
        'too-few-to-group',
        `There are ${inputs.from.ids.length} prospects here, too few to find groups among. From ${fewest} on there is something to compare; a useful map begins at about a hundred.`,
      );
    const request = requestOf(context);
    const kept = await services.clusterings.kept(request);
    if (!kept.ok) return kept;
    if (kept.value) return succeed({ ...kept.value, names: params.names });
    const made = await services.clusterings.run(request, { signal, progress });
    return made.ok ? succeed({ ...made.value, names: params.names }) : made;
  },

  headline({ clusters, outlier }) {
    const strays = outlier.reduce((sum, flag) => sum + flag, 0);
    const groups = `${count(clusters.length)} ${clusters.length === 1 ? 'group' : 'groups'}`;
    return strays === 0 ? groups : `${groups}, ${count(strays)} that fit none`;
  },
};

export function requestOf(
  context: Pick<RunContext<ClustersParams, ClustersInputs, Services>, 'cellId' | 'params' | 'inputs'>,
): ClusterRequest {
  const { cellId, params, inputs } = context;
  return { cellId, ids: inputs.from.ids, k: params.k, wordWeight: params.wordWeight };
}

/** The rep's name for a cluster, or else the one its phrases propose. */
export function nameOf(cluster: Cluster, params: ClustersParams): string {
  return params.names[cluster.key] ?? cluster.name;
}

function count(number: number): string {
  return number.toLocaleString('en');
}

/** "about 70 seconds", "about 4 minutes". */
function roughly(seconds: number): string {
  if (seconds < 100) return `about ${Math.max(10, Math.round(seconds / 10) * 10)} seconds`;
  const minutes = Math.round(seconds / 60);
  return `about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
}
