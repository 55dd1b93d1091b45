import type { TextColumn } from '../../../src/domain/list';

/** Texts as the workers take them. */
export function column(texts: readonly string[]): TextColumn {
  const encoded = texts.map((text) => new TextEncoder().encode(text));
  const offsets = new Uint32Array(texts.length + 1);
  encoded.forEach((bytes, index) => {
    offsets[index + 1] = offsets[index]! + bytes.length;
  });
  const bytes = new Uint8Array(offsets[texts.length]!);
  encoded.forEach((part, index) => {
    bytes.set(part, offsets[index]);
  });
  return { bytes, offsets };
}

/** The texts on which the built model has to agree with the original. Single spaces only, for the original knows no other white space. */
export const parityTexts: readonly string[] = [
  'a',
  'Hello',
  'Payments for dentists',
  'The quick brown fox jumps over the lazy dog.',
  'the quick brown fox jumps over the lazy dog',
  'THE QUICK BROWN FOX',
  'We help mid-market logistics teams cut detention fees by 30% without changing their TMS.',
  'Series B, $42.5M, led by Accel (March 2024)',
  "Who's on first? I don't know; third base!",
  'Zürich, Łódź, São Paulo, Île-de-France',
  'naïve café déjà vu',
  'ﬁnancial ﬂow ½ ① ㎏ Ｆｕｌｌｗｉｄｔｈ',
  '株式会社トヨタ自動車',
  'Привет, мир',
  'مرحبا بالعالم',
  'שלום עולם',
  'नमस्ते दुनिया',
  'Rocket 🚀 launch 🎉🎉 today',
  '👩‍👩‍👧‍👦',
  '<s>',
  '</s> and <s> in the middle',
  'extra_token_id_1 extra_token_id_3',
  '▁the▁meta▁symbol',
  'https://www.example.com/pricing?plan=pro&seats=25#faq',
  'jane.doe+news@example.co.uk',
  '{"json": [1, 2.5, null], "ok": true}',
  'SELECT name FROM prospects WHERE tier = 1',
  'C++ / C# / .NET / Node.js',
  '12345678901234567890',
  '---- **** ====',
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  'supercalifragilisticexpialidocious pneumonoultramicroscopicsilicovolcanoconiosis',
  'zero\u200bwidth and soft\u00adhyphen',
  'e\u0301 is é after composing',
  Array.from({ length: 60 }, (_, index) => `word${index}`).join(' '),
  Array.from({ length: 40 }, () => 'Refrigerated freight brokers reconcile invoices by hand.').join(' '),
  Array.from(
    { length: 300 },
    (_, index) => ['rent', 'freight', 'Oslo', 'invoice', 'yeast'][(index * index) % 5],
  ).join(' '),
];
