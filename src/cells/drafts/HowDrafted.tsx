import { Explanation } from '../../ui/Explanation';

export function HowDrafted() {
  return (
    <Explanation title="How are drafts made?">
      <p>
        A brief holds your offer, who it is for, what the list says of the person, and the live signals with
        their words. A signal is live until it is three half-lives old. Without one there is no draft, because
        a personal mail would have to invent its hook.
      </p>
      <p>
        A model is sent the brief and no more: it has no tools, no list, and no say over the recipient. What
        research and list cells hold goes in as quoted data that can’t end its own quotation; sentences in it
        that give orders to a language model are left out and shown to you. The answer has to have the form
        asked for, and is shown as text.
      </p>
      <p>
        Each claim of a draft names the signal it rests on. It is taken for borne out where that signal was in
        the brief, shares a telling word with the claim, and has all its numbers; otherwise it is marked.
      </p>
      <p>
        Every draft is ordered in the database before it is asked for, and kept with its order in one step: a
        batch that is paused, fails or loses its page goes on where it was, and drafts nobody twice. The same
        request is never paid for twice; an answer that is used again says so. What a draft was before it
        changed is kept as a version. A draft also remembers which live signals there were: where one came in
        since, or one it rests on is gone or too old, it is marked, and drafted again when you say so.
      </p>
      <p>
        A variant is known by what it is alone: its writer, and what is not as usual (another prompt, voice or
        hook). Others that come or go leave its drafts as they are.
      </p>
      <p>
        Cost is reckoned from a sample of the briefs, at four characters a token, and from the length of the
        answers so far; the bill is the provider’s.
      </p>
    </Explanation>
  );
}
