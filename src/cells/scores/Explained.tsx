import { Show } from 'solid-js';
import { Explanation } from '../../ui/Explanation';
import type { ScoresOutput } from './kind';

/** Where the numbers come from. */
export function Explained(props: { readonly output: ScoresOutput | undefined }) {
  return (
    <Explanation>
      <Show when={props.output}>
        {(output) => (
          <p>
            Drafts are held against {output().poolSize.toLocaleString('en')} prospects
            {output().padding > 0
              ? `: yours, and ${output().padding.toLocaleString('en')} invented accounts that fill the list up to 1,000, for a rank among few says little.`
              : '.'}
          </p>
        )}
      </Show>
      <p>
        The substitution test asks of each sentence whether it fits others as well; greeting, sign-off and
        signature say nothing and are passed over. Names and what the list export says (industry, keywords,
        size, place, title) are hidden first, because anybody with the list could merge them in. What is left
        is compared with what is known of every prospect, their description and signals: by the words they
        share, rare ones counting more (BM25, k1 = 1.2, b = 0.75), and by meaning (sentence embeddings, made
        on this machine). <code>c = z(words) + ½ z(meaning)</code>; the addressee’s rank under <code>c</code>{' '}
        is “fits r of N”, and <code>100 log(N / r) / log N</code> is what the sentence earns, if any word of
        it is about the addressee. The best sentence counts for the draft.
      </p>
      <p>
        A draft is credited in full only if a specific sentence rests on a signal that is dated, not in the
        list, and younger than three half-lives of its kind. Otherwise at most 40 points are credited, however
        specific it is: what stands in the list stands in everybody’s mail.
      </p>
      <p>
        The voice is compared by three measures (character sequences, style, a language model of letters),
        each set against twenty invented writers, and turned into a chance that you wrote it. Sameness is the
        share of four-word patterns, subjects blanked out, that other drafts of the batch have too.
      </p>
      <p>
        <code>generic = 100 − (w₁ · prospect + w₂ · voice + w₃ · (100 − sameness))</code>. The weights are
        judgement: move them. A field that was not filled in makes it 100.
      </p>
    </Explanation>
  );
}
