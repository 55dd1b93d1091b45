import { report } from '../eval/report';
import { benchClusters } from './clusters';
import { benchEmbedding } from './embedding';
import { benchImport } from './import';
import { benchOpening } from './opening';
import { benchScores } from './scores';
import { benchSlider } from './slider';
import { benchTable } from './table';
import { benchVoice } from './voice';

// npm run bench [-- NAME...] [-- --json FILE]: the speed figures, each beside a baseline of the same run. Build first.
await report(
  [
    { name: 'import', measure: benchImport },
    { name: 'embedding', measure: benchEmbedding },
    { name: 'clusters', measure: benchClusters },
    { name: 'slider', measure: benchSlider },
    { name: 'table', measure: benchTable },
    { name: 'voice', measure: benchVoice },
    { name: 'scores', measure: benchScores },
    { name: 'opening', measure: benchOpening },
  ],
  process.argv.slice(2),
);
