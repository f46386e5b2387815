/** The JSON of a case, as docs/reference/http.md and the claim's own description give it. */
import type { Span } from "../lib/spans";

export interface Slot {
  text?: string | null;
  span?: Span | null;
  spans?: Span[] | null;
  field?: string;
  basis?: string | null;
  via?: { text: string; span: Span } | null;
  why?: string | null;
  score?: number | null;
  actor_id?: string | null;
  name?: string | null;
  country?: string | null;
  sectors?: string[];
  group?: string | null;
}

export interface Cue { text: string; span: Span; class: string | null }
export interface Channel { text: string; span: Span; class: string | null }

export interface ChainLink extends Slot {
  role: "outlet" | "agency" | "source";
  naming?: string | null;
  office?: string | null;
  number?: string | null;
  cue?: Cue | null;
  content?: Span[];
  form?: string | null;
  continued?: boolean;
  channel?: Channel | null;
  time?: TimeSlot | null;
}

export interface Modality { polarity: string; certainty: string; mood: string; tense: string; factuality: number }

export interface PlaceSlot extends Slot {
  place_id?: string | null;
  admin1?: string | null;
  admin2?: string | null;
  feature_class?: string | null;
  lat?: number | null;
  lon?: number | null;
  precision?: string | null;
  radius_m?: number | null;
}

export interface TimeSlot extends Slot {
  value?: string | null;
  start?: string | null;
  end?: string | null;
  granularity?: string | null;
  anchor?: string | null;
}

export interface Figure extends Slot {
  measure: string;
  low: number | null;
  best: number | null;
  high: number | null;
  bound: string;
  of?: Slot | null;
  unit?: string | null;
}

export interface Share extends Slot { low: number | null; best: number | null; high: number | null; bound: string; of: unknown }

export interface ReportHead { supplied_id?: string | null; outlet?: string | null; published?: string | null; title?: string | null; url?: string | null }

export interface Claim {
  claim_id: string;
  report_id: string;
  kind: "event" | "figure" | "control" | "relation";
  status: string;
  reason: string | null;
  confidence: number | null;
  text: string;
  span: Span;
  field?: string;
  chain: ChainLink[];
  modality: Modality;
  outlet_factuality: number | null;
  caveats: { text: string; span: Span; class: string }[];
  links: { claim_id: string; as: string }[];
  event_type?: string | null;
  modes?: string[];
  contexts?: string[];
  trigger?: Slot | null;
  actor?: Slot[];
  recipient?: Slot[];
  object?: Slot | Slot[] | null;
  instrument?: Slot[];
  place?: PlaceSlot | null;
  time?: TimeSlot | null;
  figures?: Figure[];
  codes?: Record<string, string | null>;
  measure?: string;
  low?: number | null;
  best?: number | null;
  high?: number | null;
  bound?: string;
  of?: Slot | null;
  figure?: Slot | null;
  cumulative?: boolean;
  since?: TimeSlot | null;
  holder?: Slot[];
  change?: string;
  share?: Share | null;
  subject?: Slot[];
  relation?: string;
  background?: boolean;
  rationale?: { rule: string | null; score: number | null; notes: string[] } | null;
  review?: { state: string } | string | null;
  recorded_at?: string;
  run_id: string;
  version: string;
  report?: ReportHead;
}

export interface FigureValue { state: "known" | "indeterminate" | "missing"; best: number | null; low: number | null; high: number | null; open_high?: boolean }
export interface Party { name?: string | null; actor_id?: string | null; country?: string | null; sectors?: string[]; text?: string | null }
export interface EventPlace { name?: string | null; place_id?: string | null; admin1?: string | null; country?: string | null; lat?: number | null; lon?: number | null; precision?: string | null; radius_m?: number | null }

export interface EventRow {
  event_id: string;
  event_type: string;
  modes: string[];
  contexts: string[];
  happened: boolean;
  denied: boolean;
  possible: number;
  claims: number;
  reports: number;
  accounts: number;
  voices: number;
  actor: Party[];
  recipient: Party[];
  place: EventPlace | null;
  start: string | null;
  end: string | null;
  figures: Record<string, FigureValue>;
  factuality: number | null;
  disagreement: number;
  first_published: string | null;
  last_published: string | null;
  aggregation: string;
  summary: string;
}

export interface Given { account: number | string; claim_id: string; best: unknown; low?: number | null; high?: number | null; superseded?: [string, unknown][] }
export interface EventValue { state: string; best: unknown; low?: number | null; high?: number | null; open_high?: boolean; given: Given[] }
export interface Account { speaker: string | null; name: string | null; stance: string; claim_ids: string[]; report_ids: string[]; voices: (number | string)[]; standing: unknown; certainty: string | null }
export interface Voice { origin: string; members: [string, string][]; agency: string | null }
export interface Pair { first: string; second: string; score: number; reasons: { sign: string; weight: number }[]; apart: unknown }

export interface EventWhole extends EventRow {
  values: Record<string, EventValue>;
  account_list: Account[];
  voice_list: Voice[];
  pairs: Pair[];
  pairs_weighed: number;
  possible_list: { event_id: string; score: number; pair: unknown }[];
  corrections: { report_id: string; replaces: string; field: string; before: unknown; after: unknown; speaker: string | null }[];
  decisions: { merge_id: string; action: string; members: string[]; who: string; when: string; why: string | null; undone?: boolean }[];
  claim_list: Claim[];
}

export interface Quote {
  quote_id: string;
  report_id: string;
  run_id: string;
  speaker: string | null;
  speaker_id: string | null;
  speaker_text: string | null;
  cue: string | null;
  cue_class: string | null;
  channel: string | null;
  channel_class: string | null;
  form: string;
  naming: string | null;
  text: string;
  spans: Span[];
  outlet: string | null;
  published: string | null;
  title: string | null;
  url: string | null;
  attribution: Attribution;
}

export interface Attribution {
  source: Slot | null;
  more_sources?: Slot[];
  cue: Cue | null;
  content: Span[];
  form: string;
  naming?: string | null;
  office?: string | null;
  number?: string | null;
  channel?: Channel | null;
  continued?: boolean;
  parent?: number | null;
}

export interface Report {
  report_id: string;
  supplied_id: string | null;
  outlet: string | null;
  title: string | null;
  published: string | null;
  retrieved: string | null;
  url: string | null;
  byline: string | null;
  language: string | null;
  replaces: string | null;
  replaced_by?: string | null;
  origin: string | null;
  text_state: string;
  characters: number;
  text_sha256: string | null;
  recorded_at: string;
  erased_because: string | null;
  claims?: number;
  meta?: Record<string, unknown>;
  text?: string | null;
}

export interface Review { review_id: string; claim_id: string; report_id: string; reviewer: string; action: string; path: string | null; value: unknown; why: string | null; undoes: string | null; recorded_at: string; holds: boolean; matched: boolean }
