import { engagementHalfLifeDays, replyCountsForDays } from '../../domain/signal';
import { clusterPrior, ignoredTouchesToDrop, normalisedWeights } from '../../domain/tier';
import { Explanation } from '../../ui/Explanation';
import type { TiersParams } from './kind';

/** The formulas behind the score and the tiers, with the numbers in use. */
export function HowComputed(props: { readonly params: TiersParams; readonly hasGroups: boolean }) {
  const weight = (name: 'fit' | 'cluster' | 'signals' | 'engagement') =>
    normalisedWeights(props.params.weights)[name].toFixed(2);
  return (
    <Explanation>
      <p>
        <code>
          score = 100 × ({weight('fit')} × fit + {weight('cluster')} × group + {weight('signals')} × signals +{' '}
          {weight('engagement')} × engagement)
        </code>
        , each factor from 0 to 1.
      </p>
      <ul>
        <li>
          Fit: the weight of the criteria that the account meets, over the weight of all. What the list
          doesn't say is not met. Without criteria everyone has 0.5.
        </li>
        <li>
          Group:{' '}
          <code>
            (wins + {clusterPrior} × overall rate) / (contacted + {clusterPrior})
          </code>
          , where 0.5 is the overall rate and 1 twice that or more.{' '}
          {props.hasGroups ? '' : 'No groups are connected, so everyone has 0.5.'}
        </li>
        <li>
          Signals: <code>1 − Π(1 − worth)</code> over those that are dated and younger than three half-lives;{' '}
          <code>worth = kind × confidence × 2^(−age / half-life)</code>. Facts that stand in the list itself
          don't count: every other sender has them.
        </li>
        <li>
          Engagement: <code>1 − exp(−points / 10)</code>, each point halved every {engagementHalfLifeDays}{' '}
          days.
        </li>
      </ul>
      <p>
        Who replied within {replyCountsForDays} days goes to tier 1, who ignored {ignoredTouchesToDrop}{' '}
        touches in a row drops, who asked not to be written to is in tier 3, and so is everyone whose fit is
        below {Math.round(100 * props.params.floor)} %. From week to week nobody moves for less than{' '}
        {props.params.band} points past a threshold; a threshold that you move yourself applies to everyone at
        once.
      </p>
      <p>
        The weights, the worth of signals and the points are judgement: change them to yours. The tiers, their
        minutes (16, 4 and a quarter) and the weekly look at who moves come from a vendor's published example:
        200 prospects written to by hand, 2,000 with a draft that is edited for half a minute, 10,000 by
        segment. On a shorter list the thresholds begin where three in ten are personalised.
      </p>
    </Explanation>
  );
}
