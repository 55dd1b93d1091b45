import type { PGlite } from '@electric-sql/pglite';
import type { Cluster } from '../../src/domain/cluster';
import { succeed } from '../../src/domain/result';
import type { ClusteringApi } from './api';
import { bytesOf, quoted, readBinaryRows, utf8, writeBinaryRows } from './copy';
import { write } from './write';

/** The last clustering of each cell, its arrays byte for byte. */
export function createClusterings(pg: PGlite): ClusteringApi {
  return {
    async clustering(cellId) {
      const [row] = await readBinaryRows(
        pg,
        `SELECT ${columns.slice(1).join(', ')} FROM clustering WHERE cell_id = ${quoted(cellId)}`,
      );
      if (!row) return succeed(undefined);
      const [fingerprint, clusters, ids, assignment, closeness, outlier, x, y, isSketch, state] =
        row.map(bufferOf);
      return succeed({
        fingerprint: new TextDecoder().decode(fingerprint),
        clustering: {
          type: 'clustering',
          ids: new Int32Array(ids!),
          clusters: JSON.parse(new TextDecoder().decode(clusters)) as Cluster[],
          assignment: new Uint16Array(assignment!),
          closeness: new Float32Array(closeness!),
          outlier: new Uint8Array(outlier!),
          x: new Float32Array(x!),
          y: new Float32Array(y!),
          isSketch: new Uint8Array(isSketch!)[0] === 1,
        },
        state: new Uint8Array(state!),
      });
    },

    putClustering: (cellId, { fingerprint, clustering, state }) =>
      write(pg, async (tx) => {
        const { clusters, ids, assignment, closeness, outlier, x, y, isSketch } = clustering;
        await tx.query('DELETE FROM clustering WHERE cell_id = $1', [cellId]);
        await writeBinaryRows(tx, `clustering (${columns.join(', ')})`, [
          [
            utf8(cellId),
            utf8(fingerprint),
            utf8(JSON.stringify(clusters)),
            ...[ids, assignment, closeness, outlier, x, y].map(bytesOf),
            Uint8Array.of(Number(isSketch)),
            bytesOf(state),
          ],
        ]);
        return undefined;
      }),
  };
}

const columns = [
  'cell_id',
  'fingerprint',
  'clusters',
  'ids',
  'assignment',
  'closeness',
  'outlier',
  'x',
  'y',
  'is_sketch',
  'state',
];

function bufferOf(value: Uint8Array | null): ArrayBuffer {
  if (!value) throw new Error('A kept clustering has no empty columns.');
  return value.slice().buffer as ArrayBuffer;
}
