import { measureBudget } from './budget';
import { measureClusters } from './clusters';
import { measureEmbedding } from './embedding';
import { measureGenericness } from './genericness';
import { report } from './report';
import { measureVoice } from './voice';

// npm run eval [-- NAME...] [-- --json FILE]: the quality figures, each beside what it has to reach.
await report(
  [
    { name: 'embedding', measure: measureEmbedding },
    { name: 'clusters', measure: measureClusters },
    { name: 'budget', measure: measureBudget },
    { name: 'voice', measure: measureVoice },
    { name: 'genericness', measure: measureGenericness },
  ],
  process.argv.slice(2),
);
