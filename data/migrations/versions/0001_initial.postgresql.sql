CREATE TABLE access_code (
	code TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('sms_port', 'access_code')),
	partner TEXT COLLATE "C" NOT NULL,
	rented_from TEXT COLLATE "C" NOT NULL,
	rented_to TEXT COLLATE "C" NOT NULL,
	fee BIGINT NOT NULL,
	document_no TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('free', 'rented', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
-- next
CREATE TABLE access_log (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C",
	counter TEXT COLLATE "C",
	operator TEXT COLLATE "C" NOT NULL,
	act TEXT COLLATE "C" NOT NULL,
	subject TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (id)
)
-- next
CREATE TABLE act (
	id TEXT COLLATE "C" NOT NULL,
	serial TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	counter TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	business TEXT COLLATE "C" NOT NULL,
	act TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	edition TEXT COLLATE "C" NOT NULL,
	form_json TEXT COLLATE "C" NOT NULL,
	cells TEXT COLLATE "C" NOT NULL,
	approved_by TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (serial)
)
-- next
CREATE TABLE alarm (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	counter TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	message TEXT COLLATE "C" NOT NULL,
	raised_at TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('open', 'seen')),
	seen_by TEXT COLLATE "C" NOT NULL,
	words TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
-- next
CREATE TABLE answer_code (
	dialect TEXT COLLATE "C" NOT NULL,
	code TEXT COLLATE "C" NOT NULL,
	meaning TEXT COLLATE "C" NOT NULL CHECK (meaning IN ('done', 'retry', 'refused')),
	text_zh TEXT COLLATE "C" NOT NULL,
	text_en TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (dialect, code)
)
-- next
CREATE TABLE article (
	code TEXT COLLATE "C" NOT NULL,
	business TEXT COLLATE "C" NOT NULL,
	title_zh TEXT COLLATE "C" NOT NULL,
	title_en TEXT COLLATE "C" NOT NULL,
	text_zh TEXT COLLATE "C" NOT NULL,
	text_en TEXT COLLATE "C" NOT NULL,
	words TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('published', 'withdrawn')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
-- next
CREATE TABLE blank_card (
	serial TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	batch_id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	lease_id TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('blank', 'in_transit', 'written', 'spoiled')),
	iccid TEXT COLLATE "C",
	revision INTEGER NOT NULL,
	PRIMARY KEY (serial)
)
-- next
CREATE TABLE blind_count (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	counter TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	subject TEXT COLLATE "C" NOT NULL,
	number INTEGER NOT NULL,
	pieces_json TEXT COLLATE "C" NOT NULL,
	amount BIGINT NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('put_down', 'answered', 'accepted')),
	approved_by TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT blind_count_number UNIQUE (outlet, subject, number)
)
-- next
CREATE TABLE business_day (
	outlet TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('open', 'closed')),
	opened_by TEXT COLLATE "C" NOT NULL,
	opened_at TEXT COLLATE "C" NOT NULL,
	closed_by TEXT COLLATE "C" NOT NULL,
	closed_at TEXT COLLATE "C" NOT NULL,
	note TEXT COLLATE "C" NOT NULL,
	number INTEGER,
	journal_end TEXT COLLATE "C" NOT NULL,
	closing_word TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (outlet, business_date),
	CONSTRAINT business_day_number UNIQUE (outlet, number)
)
-- next
CREATE TABLE card_batch (
	id TEXT COLLATE "C" NOT NULL,
	order_no TEXT COLLATE "C" NOT NULL,
	maker TEXT COLLATE "C" NOT NULL,
	sequence INTEGER NOT NULL,
	quantity INTEGER NOT NULL,
	first_serial TEXT COLLATE "C" NOT NULL,
	face_value BIGINT NOT NULL,
	valid_to TEXT COLLATE "C" NOT NULL,
	key_index TEXT COLLATE "C" NOT NULL,
	accepted_at TEXT COLLATE "C" NOT NULL,
	accepted_by TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT card_batch_order UNIQUE (order_no),
	CONSTRAINT card_batch_file UNIQUE (maker, sequence)
)
-- next
CREATE TABLE cash_limit (
	role TEXT COLLATE "C" NOT NULL,
	float_limit BIGINT NOT NULL,
	expense_limit BIGINT NOT NULL,
	bank_limit BIGINT NOT NULL,
	difference_limit BIGINT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (role)
)
-- next
CREATE TABLE category (
	code TEXT COLLATE "C" NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	rank INTEGER NOT NULL,
	number_limit INTEGER NOT NULL,
	credit_limit INTEGER NOT NULL,
	deposit_waived INTEGER NOT NULL,
	key_account INTEGER NOT NULL,
	colour TEXT COLLATE "C" NOT NULL CHECK (colour IN ('', 'red', 'yellow', 'green', 'blue', 'violet')),
	benefits_zh TEXT COLLATE "C" NOT NULL,
	benefits_en TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
-- next
CREATE TABLE closing_report (
	outlet TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	till TEXT COLLATE "C" NOT NULL,
	number INTEGER NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	closed_at TEXT COLLATE "C" NOT NULL,
	taken BIGINT NOT NULL,
	difference BIGINT NOT NULL,
	content TEXT COLLATE "C" NOT NULL,
	digest TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (outlet, kind, till, number)
)
-- next
CREATE TABLE command_template (
	dialect TEXT COLLATE "C" NOT NULL,
	act TEXT COLLATE "C" NOT NULL,
	lines TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (dialect, act)
)
-- next
CREATE TABLE content (
	id TEXT COLLATE "C" NOT NULL,
	business TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('notice', 'prompt', 'script', 'clause')),
	position INTEGER NOT NULL,
	text_zh TEXT COLLATE "C" NOT NULL,
	text_en TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('draft', 'published', 'expired')),
	valid_from TEXT COLLATE "C" NOT NULL,
	valid_to TEXT COLLATE "C" NOT NULL,
	author TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
-- next
CREATE TABLE control_item (
	run TEXT COLLATE "C" NOT NULL,
	position INTEGER NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	number TEXT COLLATE "C" NOT NULL,
	stage TEXT COLLATE "C" NOT NULL,
	act TEXT COLLATE "C" NOT NULL CHECK (act IN ('', 'resume', 'remind', 'call', 'stop_outgoing', 'stop_all', 'precancel', 'cancel')),
	at_stake BIGINT NOT NULL,
	spared TEXT COLLATE "C" NOT NULL,
	control_order TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (run, position)
)
-- next
CREATE TABLE control_order (
	id TEXT COLLATE "C" NOT NULL,
	run TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	subscription_id TEXT COLLATE "C" NOT NULL,
	number TEXT COLLATE "C" NOT NULL,
	stage TEXT COLLATE "C" NOT NULL,
	act TEXT COLLATE "C" NOT NULL CHECK (act IN ('resume', 'remind', 'call', 'stop_outgoing', 'stop_all', 'precancel', 'cancel')),
	at_stake BIGINT NOT NULL,
	occasion TEXT COLLATE "C" NOT NULL,
	made_on TEXT COLLATE "C" NOT NULL,
	any_time INTEGER NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'undone')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
-- next
CREATE TABLE control_stage (
	code TEXT COLLATE "C" NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	pay_type TEXT COLLATE "C" NOT NULL CHECK (pay_type IN ('prepaid', 'postpaid')),
	rank INTEGER NOT NULL,
	act TEXT COLLATE "C" NOT NULL CHECK (act IN ('remind', 'call', 'stop_outgoing', 'stop_all', 'precancel', 'cancel')),
	conditions TEXT COLLATE "C" NOT NULL,
	text_zh TEXT COLLATE "C" NOT NULL,
	text_en TEXT COLLATE "C" NOT NULL,
	exempt TEXT COLLATE "C" NOT NULL,
	any_time INTEGER NOT NULL,
	valid_from TEXT COLLATE "C" NOT NULL,
	valid_to TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
-- next
CREATE TABLE credit_rating (
	code TEXT COLLATE "C" NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	credit_limit BIGINT NOT NULL,
	deposit_waived INTEGER NOT NULL,
	stars INTEGER NOT NULL,
	term_days INTEGER NOT NULL,
	by_score INTEGER NOT NULL,
	points_from INTEGER NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
-- next
CREATE TABLE document_range (
	id TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('invoice', 'receipt', 'slip', 'contract')),
	code TEXT COLLATE "C" NOT NULL,
	first_number INTEGER NOT NULL,
	last_number INTEGER NOT NULL,
	next_number INTEGER NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	counter TEXT COLLATE "C" NOT NULL,
	lease_id TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('open', 'used_up', 'returned')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT document_range_start UNIQUE (kind, code, first_number)
)
-- next
CREATE TABLE document_receipt (
	id TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('invoice', 'receipt', 'slip', 'contract')),
	code TEXT COLLATE "C" NOT NULL,
	first_number INTEGER NOT NULL,
	last_number INTEGER NOT NULL,
	supplier TEXT COLLATE "C" NOT NULL,
	paper TEXT COLLATE "C" NOT NULL,
	received_by TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT document_receipt_start UNIQUE (kind, code, first_number)
)
-- next
CREATE TABLE draft (
	id TEXT COLLATE "C" NOT NULL,
	number INTEGER NOT NULL,
	code TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('open', 'held', 'completed', 'expired', 'abandoned')),
	values_json TEXT COLLATE "C" NOT NULL,
	trail_json TEXT COLLATE "C" NOT NULL,
	note TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	counter TEXT COLLATE "C" NOT NULL,
	created_at TEXT COLLATE "C" NOT NULL,
	touched_at TEXT COLLATE "C" NOT NULL,
	expires_at TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C",
	collection TEXT COLLATE "C" NOT NULL,
	tenders_json TEXT COLLATE "C" NOT NULL,
	invoicing_json TEXT COLLATE "C" NOT NULL,
	slip_json TEXT COLLATE "C" NOT NULL,
	answers_json TEXT COLLATE "C" NOT NULL,
	process_json TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
-- next
CREATE TABLE duty_conflict (
	holds TEXT COLLATE "C" NOT NULL,
	excludes TEXT COLLATE "C" NOT NULL,
	reason_zh TEXT COLLATE "C" NOT NULL,
	reason_en TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (holds, excludes)
)
-- next
CREATE TABLE edition (
	id TEXT COLLATE "C" NOT NULL,
	number INTEGER NOT NULL,
	subject TEXT COLLATE "C" NOT NULL,
	title TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	scope TEXT COLLATE "C" NOT NULL,
	effective_from TEXT COLLATE "C" NOT NULL,
	author TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('draft', 'submitted', 'approved', 'in_force', 'withdrawn', 'rejected', 'stale', 'failed')),
	content_hash TEXT COLLATE "C" NOT NULL,
	submitted_at TEXT COLLATE "C" NOT NULL,
	needs_two TEXT COLLATE "C" NOT NULL,
	first_approver TEXT COLLATE "C" NOT NULL,
	first_approved_at TEXT COLLATE "C" NOT NULL,
	first_for TEXT COLLATE "C" NOT NULL,
	decided_by TEXT COLLATE "C" NOT NULL,
	decided_for TEXT COLLATE "C" NOT NULL,
	decided_at TEXT COLLATE "C" NOT NULL,
	decision TEXT COLLATE "C" NOT NULL,
	counts_from TEXT COLLATE "C" NOT NULL,
	at_once INTEGER NOT NULL,
	in_force_at TEXT COLLATE "C" NOT NULL,
	fault TEXT COLLATE "C" NOT NULL,
	rolls_back TEXT COLLATE "C" NOT NULL,
	emergency INTEGER NOT NULL,
	review_by TEXT COLLATE "C" NOT NULL,
	reviewed_by TEXT COLLATE "C" NOT NULL,
	reviewed_at TEXT COLLATE "C" NOT NULL,
	review TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT edition_number UNIQUE (number)
)
-- next
CREATE TABLE enrolled_outlet (
	outlet TEXT COLLATE "C" NOT NULL,
	public_key TEXT COLLATE "C" NOT NULL,
	epoch INTEGER NOT NULL,
	next_seq INTEGER NOT NULL,
	head_hash TEXT COLLATE "C" NOT NULL,
	durable_seq INTEGER NOT NULL,
	feed_next INTEGER NOT NULL,
	stream_cursor INTEGER NOT NULL,
	stream_told INTEGER NOT NULL,
	stopped TEXT COLLATE "C" NOT NULL,
	last_contact TEXT COLLATE "C" NOT NULL,
	linked_at TEXT COLLATE "C" NOT NULL,
	away_since TEXT COLLATE "C" NOT NULL,
	away_until TEXT COLLATE "C" NOT NULL,
	closed_at TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (outlet)
)
-- next
CREATE TABLE enrolment_code (
	code_hash TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	made_by TEXT COLLATE "C" NOT NULL,
	expires_at TEXT COLLATE "C" NOT NULL,
	used_at TEXT COLLATE "C" NOT NULL,
	used_key TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (code_hash)
)
-- next
CREATE TABLE extra_field (
	business TEXT COLLATE "C" NOT NULL,
	code TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('text', 'number', 'amount', 'date', 'choice', 'flag')),
	label_zh TEXT COLLATE "C" NOT NULL,
	label_en TEXT COLLATE "C" NOT NULL,
	help_zh TEXT COLLATE "C" NOT NULL,
	help_en TEXT COLLATE "C" NOT NULL,
	choices TEXT COLLATE "C" NOT NULL,
	length INTEGER NOT NULL,
	required INTEGER NOT NULL,
	printed INTEGER NOT NULL,
	searched INTEGER NOT NULL,
	position INTEGER NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
	valid_from TEXT COLLATE "C" NOT NULL,
	valid_to TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (business, code)
)
-- next
CREATE TABLE feed_item (
	outlet TEXT COLLATE "C" NOT NULL,
	number INTEGER NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	kind_version INTEGER NOT NULL,
	scope TEXT COLLATE "C" NOT NULL,
	body TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	signature TEXT COLLATE "C" NOT NULL,
	enciphered TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (outlet, number)
)
-- next
CREATE TABLE figure (
	outlet TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	business TEXT COLLATE "C" NOT NULL,
	measure TEXT COLLATE "C" NOT NULL,
	count INTEGER NOT NULL,
	amount BIGINT NOT NULL,
	PRIMARY KEY (outlet, business_date, operator, business, measure)
)
-- next
CREATE TABLE imsi_block (
	first TEXT COLLATE "C" NOT NULL,
	last TEXT COLLATE "C" NOT NULL,
	element TEXT COLLATE "C" NOT NULL,
	received_on TEXT COLLATE "C" NOT NULL,
	document_no TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (first)
)
-- next
CREATE TABLE imsi_reserve (
	imsi TEXT COLLATE "C" NOT NULL,
	iccid TEXT COLLATE "C" NOT NULL,
	ki TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	lease_id TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('free', 'used', 'void')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (imsi),
	UNIQUE (iccid)
)
-- next
CREATE TABLE interface (
	code TEXT COLLATE "C" NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('local', 'remote')),
	rule TEXT COLLATE "C" NOT NULL,
	reason_zh TEXT COLLATE "C" NOT NULL,
	reason_en TEXT COLLATE "C" NOT NULL,
	beside TEXT COLLATE "C" NOT NULL,
	address TEXT COLLATE "C" NOT NULL,
	path TEXT COLLATE "C" NOT NULL,
	method TEXT COLLATE "C" NOT NULL CHECK (method IN ('POST', 'GET')),
	sends TEXT COLLATE "C" NOT NULL,
	yes_when TEXT COLLATE "C" NOT NULL,
	override_when TEXT COLLATE "C" NOT NULL,
	reason_at TEXT COLLATE "C" NOT NULL,
	timeout_ms INTEGER NOT NULL,
	retries INTEGER NOT NULL,
	repeatable INTEGER NOT NULL,
	failures INTEGER NOT NULL,
	rest_seconds INTEGER NOT NULL,
	certificate TEXT COLLATE "C" NOT NULL,
	offline TEXT COLLATE "C" NOT NULL CHECK (offline IN ('yes', 'later', 'override', 'rule', 'no')),
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'off')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
-- next
CREATE TABLE job (
	id TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('import', 'export', 'run')),
	subject TEXT COLLATE "C" NOT NULL,
	entity TEXT COLLATE "C" NOT NULL,
	path TEXT COLLATE "C" NOT NULL,
	digest TEXT COLLATE "C" NOT NULL,
	how TEXT COLLATE "C" NOT NULL,
	said TEXT COLLATE "C" NOT NULL,
	done INTEGER NOT NULL,
	total INTEGER NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('running', 'stopped', 'done', 'failed')),
	operator TEXT COLLATE "C" NOT NULL,
	started_at TEXT COLLATE "C" NOT NULL,
	changed_at TEXT COLLATE "C" NOT NULL,
	fault TEXT COLLATE "C" NOT NULL,
	log TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
-- next
CREATE TABLE journal (
	outlet TEXT COLLATE "C" NOT NULL,
	epoch INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	kind_version INTEGER NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	counter TEXT COLLATE "C" NOT NULL,
	serial TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	body TEXT COLLATE "C" NOT NULL,
	prev_hash TEXT COLLATE "C" NOT NULL,
	hash TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (outlet, epoch, seq)
)
-- next
CREATE TABLE journal_head (
	outlet TEXT COLLATE "C" NOT NULL,
	epoch INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	hash TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	believed_at TEXT COLLATE "C" NOT NULL,
	acked_seq INTEGER NOT NULL,
	durable_seq INTEGER NOT NULL,
	feed_cursor INTEGER NOT NULL,
	stream_cursor INTEGER NOT NULL,
	attempts INTEGER NOT NULL,
	last_contact TEXT COLLATE "C" NOT NULL,
	last_fault TEXT COLLATE "C" NOT NULL,
	clock_offset_ms INTEGER NOT NULL,
	offset_vouched_ms INTEGER NOT NULL,
	stopped TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (outlet)
)
-- next
CREATE TABLE lease (
	id TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	"of" TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	content TEXT COLLATE "C" NOT NULL,
	pieces INTEGER NOT NULL,
	handed_at TEXT COLLATE "C" NOT NULL,
	sell_until TEXT COLLATE "C" NOT NULL,
	reclaim_after TEXT COLLATE "C" NOT NULL,
	recalled_at TEXT COLLATE "C" NOT NULL,
	part_first TEXT COLLATE "C" NOT NULL,
	part_last TEXT COLLATE "C" NOT NULL,
	part_to TEXT COLLATE "C" NOT NULL,
	part_asked_at TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('handed', 'running', 'returned', 'reclaimed')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
-- next
CREATE TABLE ledger_account (
	code TEXT COLLATE "C" NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('asset', 'liability', 'income', 'expense')),
	per_till INTEGER NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
-- next
CREATE TABLE listed_person (
	id TEXT COLLATE "C" NOT NULL,
	list TEXT COLLATE "C" NOT NULL CHECK (list IN ('black', 'red')),
	document_kind TEXT COLLATE "C" NOT NULL,
	document_number TEXT COLLATE "C" NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	basis TEXT COLLATE "C" NOT NULL,
	source TEXT COLLATE "C" NOT NULL,
	valid_from TEXT COLLATE "C" NOT NULL,
	valid_to TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
-- next
CREATE TABLE logo (
	number SERIAL NOT NULL,
	kinds TEXT COLLATE "C" NOT NULL,
	picture BYTEA NOT NULL,
	set_by TEXT COLLATE "C" NOT NULL,
	set_at TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (number)
)
-- next
CREATE TABLE logo_raster (
	number INTEGER NOT NULL,
	dots INTEGER NOT NULL,
	content BYTEA NOT NULL,
	PRIMARY KEY (number, dots)
)
-- next
CREATE TABLE mobile_payment (
	order_no TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	counter TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	provider TEXT COLLATE "C" NOT NULL,
	amount BIGINT NOT NULL,
	draft_id TEXT COLLATE "C" NOT NULL,
	refund_of TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('asked', 'unknown', 'paid', 'closed', 'reversed', 'refunded')),
	booked INTEGER NOT NULL,
	dropped INTEGER NOT NULL,
	code_end TEXT COLLATE "C" NOT NULL,
	transaction_no TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	asked_at TEXT COLLATE "C" NOT NULL,
	settled_at TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (order_no)
)
-- next
CREATE TABLE network_batch (
	id TEXT COLLATE "C" NOT NULL,
	element TEXT COLLATE "C" NOT NULL,
	sequence INTEGER NOT NULL,
	epoch INTEGER NOT NULL,
	dialect TEXT COLLATE "C" NOT NULL,
	file_name TEXT COLLATE "C" NOT NULL,
	created_at TEXT COLLATE "C" NOT NULL,
	commands INTEGER NOT NULL,
	sha256 TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('built', 'published', 'partial', 'answered')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT network_batch_sequence UNIQUE (element, sequence)
)
-- next
CREATE TABLE network_command (
	command_key TEXT COLLATE "C" NOT NULL,
	work_order_id TEXT COLLATE "C" NOT NULL,
	order_epoch INTEGER NOT NULL,
	order_seq INTEGER NOT NULL,
	own INTEGER NOT NULL,
	element TEXT COLLATE "C" NOT NULL,
	subscriber TEXT COLLATE "C" NOT NULL,
	chain TEXT COLLATE "C" NOT NULL,
	position INTEGER NOT NULL,
	number INTEGER NOT NULL,
	step INTEGER NOT NULL,
	command TEXT COLLATE "C" NOT NULL,
	purpose TEXT COLLATE "C" NOT NULL CHECK (purpose IN ('act', 'undo', 'query')),
	undo TEXT COLLATE "C" NOT NULL,
	wants TEXT COLLATE "C" NOT NULL,
	limit_minutes INTEGER NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('queued', 'sent', 'answered', 'failed', 'unknown', 'cancelled')),
	batch_id TEXT COLLATE "C",
	attempts INTEGER NOT NULL,
	doubtful INTEGER NOT NULL,
	not_before TEXT COLLATE "C" NOT NULL,
	answer_code TEXT COLLATE "C" NOT NULL,
	answer_meaning TEXT COLLATE "C" NOT NULL,
	answer_retry INTEGER NOT NULL,
	answer_text TEXT COLLATE "C" NOT NULL,
	answer_record TEXT COLLATE "C" NOT NULL,
	queued_at TEXT COLLATE "C" NOT NULL,
	sent_at TEXT COLLATE "C" NOT NULL,
	due_at TEXT COLLATE "C" NOT NULL,
	answered_at TEXT COLLATE "C" NOT NULL,
	news INTEGER NOT NULL,
	closed INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (command_key)
)
-- next
CREATE TABLE network_element (
	code TEXT COLLATE "C" NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	dialect TEXT COLLATE "C" NOT NULL,
	gateway TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'stopped')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
-- next
CREATE TABLE number_grade (
	code TEXT COLLATE "C" NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	fee BIGINT NOT NULL,
	minimum_spend BIGINT NOT NULL,
	contract_months INTEGER NOT NULL,
	transfer_ban_months INTEGER NOT NULL,
	quarantine_days INTEGER NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
-- next
CREATE TABLE number_group (
	code TEXT COLLATE "C" NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	region TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
-- next
CREATE TABLE number_lock (
	number TEXT COLLATE "C" NOT NULL,
	cause TEXT COLLATE "C" NOT NULL CHECK (cause IN ('porting', 'ported', 'court', 'dispute')),
	reason TEXT COLLATE "C" NOT NULL,
	valid_from TEXT COLLATE "C" NOT NULL,
	valid_to TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (number)
)
-- next
CREATE TABLE number_move (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('invoice', 'receipt', 'slip', 'contract')),
	code TEXT COLLATE "C" NOT NULL,
	first_number INTEGER NOT NULL,
	last_number INTEGER NOT NULL,
	act TEXT COLLATE "C" NOT NULL CHECK (act IN ('issued', 'seen', 'void', 'anew', 'returned')),
	counter TEXT COLLATE "C" NOT NULL,
	to_counter TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	approved_by TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (id)
)
-- next
CREATE TABLE number_segment (
	prefix TEXT COLLATE "C" NOT NULL,
	first TEXT COLLATE "C" NOT NULL,
	last TEXT COLLATE "C" NOT NULL,
	region TEXT COLLATE "C" NOT NULL,
	element TEXT COLLATE "C" NOT NULL,
	number_group TEXT COLLATE "C" NOT NULL,
	received_on TEXT COLLATE "C" NOT NULL,
	document_no TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (prefix)
)
-- next
CREATE TABLE operator_standing (
	outlet TEXT COLLATE "C" NOT NULL,
	staff_no TEXT COLLATE "C" NOT NULL,
	failed INTEGER NOT NULL,
	against TEXT COLLATE "C" NOT NULL,
	failed_at TEXT COLLATE "C" NOT NULL,
	failed_since INTEGER NOT NULL,
	last_at TEXT COLLATE "C" NOT NULL,
	last_counter TEXT COLLATE "C" NOT NULL,
	challenge TEXT COLLATE "C" NOT NULL,
	challenge_at TEXT COLLATE "C" NOT NULL,
	language TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (outlet, staff_no)
)
-- next
CREATE TABLE outlet (
	code TEXT COLLATE "C" NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	province TEXT COLLATE "C" NOT NULL,
	region TEXT COLLATE "C" NOT NULL,
	channel TEXT COLLATE "C" NOT NULL CHECK (channel IN ('own', 'agent')),
	partner TEXT COLLATE "C",
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'closed')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
-- next
CREATE TABLE paper_layout (
	id TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	language TEXT COLLATE "C" NOT NULL CHECK (language IN ('both', 'zh_CN', 'en')),
	layout TEXT COLLATE "C" NOT NULL,
	valid_from TEXT COLLATE "C" NOT NULL,
	valid_to TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
-- next
CREATE TABLE parameter (
	name TEXT COLLATE "C" NOT NULL,
	business TEXT COLLATE "C" NOT NULL,
	value INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (name, business)
)
-- next
CREATE TABLE partner (
	code TEXT COLLATE "C" NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('channel', 'provider', 'information')),
	rate INTEGER NOT NULL,
	opening_commission BIGINT NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
-- next
CREATE TABLE piece_scan (
	count_id TEXT COLLATE "C" NOT NULL,
	piece TEXT COLLATE "C" NOT NULL,
	scanned_by TEXT COLLATE "C" NOT NULL,
	scanned_at TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (count_id, piece)
)
-- next
CREATE TABLE print_job (
	id TEXT COLLATE "C" NOT NULL,
	document_id TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	printer TEXT COLLATE "C" NOT NULL,
	meant_for TEXT COLLATE "C" NOT NULL,
	title TEXT COLLATE "C" NOT NULL,
	content BYTEA NOT NULL,
	preview TEXT COLLATE "C" NOT NULL,
	source TEXT COLLATE "C" NOT NULL,
	copy_number INTEGER NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('queued', 'sending', 'acknowledged', 'unconfirmed', 'refused', 'unknown', 'cancelled')),
	reason TEXT COLLATE "C" NOT NULL,
	sender TEXT COLLATE "C" NOT NULL,
	leased_until TEXT COLLATE "C" NOT NULL,
	attempts INTEGER NOT NULL,
	not_before TEXT COLLATE "C" NOT NULL,
	rank INTEGER NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	queued_at TEXT COLLATE "C" NOT NULL,
	ended_at TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
-- next
CREATE TABLE printer (
	code TEXT COLLATE "C" NOT NULL,
	address TEXT COLLATE "C" NOT NULL,
	profile TEXT COLLATE "C" NOT NULL,
	kinds TEXT COLLATE "C" NOT NULL,
	stand_in TEXT COLLATE "C" NOT NULL,
	fail_over TEXT COLLATE "C" NOT NULL CHECK (fail_over IN ('never', 'ask', 'self')),
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'off', 'removed')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
-- next
CREATE TABLE printer_roll (
	printer TEXT COLLATE "C" NOT NULL,
	near_end_since TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (printer)
)
-- next
CREATE TABLE printer_route (
	counter TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	printer TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (counter, kind)
)
-- next
CREATE TABLE process (
	business TEXT COLLATE "C" NOT NULL,
	number TEXT COLLATE "C" NOT NULL,
	steps TEXT COLLATE "C" NOT NULL,
	draft_minutes INTEGER NOT NULL,
	network_minutes INTEGER NOT NULL,
	limits TEXT COLLATE "C" NOT NULL,
	approvals TEXT COLLATE "C" NOT NULL,
	copies TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (business),
	CONSTRAINT process_revision UNIQUE (business, revision)
)
-- next
CREATE TABLE product (
	code TEXT COLLATE "C" NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('plan', 'service', 'goods')),
	pay_type TEXT COLLATE "C" NOT NULL CHECK (pay_type IN ('postpaid', 'prepaid', 'any')),
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('draft', 'active', 'retired')),
	summary_zh TEXT COLLATE "C" NOT NULL,
	summary_en TEXT COLLATE "C" NOT NULL,
	sim_kinds TEXT COLLATE "C" NOT NULL,
	categories TEXT COLLATE "C" NOT NULL,
	outlets TEXT COLLATE "C" NOT NULL,
	minimum_age INTEGER NOT NULL,
	valid_from TEXT COLLATE "C" NOT NULL,
	valid_to TEXT COLLATE "C" NOT NULL,
	network_act TEXT COLLATE "C" NOT NULL,
	partner TEXT COLLATE "C",
	contract_months INTEGER NOT NULL,
	penalty_percent INTEGER NOT NULL,
	rank INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
-- next
CREATE TABLE public_holiday (
	day TEXT COLLATE "C" NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (day)
)
-- next
CREATE TABLE published_line (
	number INTEGER NOT NULL,
	position INTEGER NOT NULL,
	table_name TEXT COLLATE "C" NOT NULL,
	row_key TEXT COLLATE "C" NOT NULL,
	op TEXT COLLATE "C" NOT NULL CHECK (op IN ('add', 'change', 'end', 'undo')),
	content TEXT COLLATE "C" NOT NULL,
	effective_from TEXT COLLATE "C" NOT NULL,
	at_once INTEGER NOT NULL,
	scope TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (number, position)
)
-- next
CREATE TABLE rating_score (
	code TEXT COLLATE "C" NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	measure TEXT COLLATE "C" NOT NULL CHECK (measure IN ('tenure', 'spend', 'overdue')),
	at_least INTEGER NOT NULL,
	points INTEGER NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
-- next
CREATE TABLE reservation (
	id TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	resource TEXT COLLATE "C" NOT NULL,
	draft_id TEXT COLLATE "C" NOT NULL,
	until TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'used', 'released', 'expired')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
-- next
CREATE TABLE reservation_limit (
	kind TEXT COLLATE "C" NOT NULL,
	minutes INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (kind)
)
-- next
CREATE TABLE role (
	code TEXT COLLATE "C" NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	grade TEXT COLLATE "C" NOT NULL CHECK (grade IN ('clerk', 'supervisor', 'manager')),
	weekdays TEXT COLLATE "C" NOT NULL,
	from_time TEXT COLLATE "C" NOT NULL,
	to_time TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'closed')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
-- next
CREATE TABLE role_right (
	role TEXT COLLATE "C" NOT NULL,
	business TEXT COLLATE "C" NOT NULL,
	amount_limit INTEGER NOT NULL,
	refund_limit INTEGER NOT NULL,
	refund_day_limit INTEGER NOT NULL,
	approval TEXT COLLATE "C" NOT NULL CHECK (approval IN ('alone', 'supervised')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (role, business)
)
-- next
CREATE TABLE sequence (
	name TEXT COLLATE "C" NOT NULL,
	value INTEGER NOT NULL,
	PRIMARY KEY (name)
)
-- next
CREATE TABLE setting (
	name TEXT COLLATE "C" NOT NULL,
	value TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (name)
)
-- next
CREATE TABLE sim_batch (
	id TEXT COLLATE "C" NOT NULL,
	order_no TEXT COLLATE "C" NOT NULL,
	quantity INTEGER NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	profile TEXT COLLATE "C" NOT NULL,
	first_iccid TEXT COLLATE "C" NOT NULL,
	first_imsi TEXT COLLATE "C" NOT NULL,
	key_index TEXT COLLATE "C" NOT NULL,
	element TEXT COLLATE "C" NOT NULL,
	preloaded_at TEXT COLLATE "C" NOT NULL,
	preloaded_by TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT sim_batch_order UNIQUE (order_no)
)
-- next
CREATE TABLE sim_card (
	iccid TEXT COLLATE "C" NOT NULL,
	imsi TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	ki TEXT COLLATE "C" NOT NULL,
	puk TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('in_stock', 'in_transit', 'sold', 'in_use', 'void')),
	outlet TEXT COLLATE "C" NOT NULL,
	lease_id TEXT COLLATE "C" NOT NULL,
	subscription_id TEXT COLLATE "C",
	batch_id TEXT COLLATE "C" NOT NULL,
	key_index TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (iccid),
	UNIQUE (imsi)
)
-- next
CREATE TABLE sim_kind (
	code TEXT COLLATE "C" NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	memory_kb INTEGER NOT NULL,
	maker TEXT COLLATE "C" NOT NULL,
	profile TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
-- next
CREATE TABLE sms_file (
	sequence SERIAL NOT NULL,
	messages INTEGER NOT NULL,
	digest TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	written INTEGER NOT NULL,
	reports INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (sequence)
)
-- next
CREATE TABLE sms_message (
	id TEXT COLLATE "C" NOT NULL,
	about TEXT COLLATE "C" NOT NULL,
	number TEXT COLLATE "C" NOT NULL,
	body TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('queued', 'sent', 'delivered', 'failed')),
	file INTEGER NOT NULL,
	code TEXT COLLATE "C" NOT NULL,
	queued_at TEXT COLLATE "C" NOT NULL,
	sent_at TEXT COLLATE "C" NOT NULL,
	reported_at TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (about)
)
-- next
CREATE TABLE stock_batch (
	id TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	how TEXT COLLATE "C" NOT NULL CHECK (how IN ('file', 'made')),
	name TEXT COLLATE "C" NOT NULL,
	digest TEXT COLLATE "C" NOT NULL,
	pieces INTEGER NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
-- next
CREATE TABLE stock_count (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	number INTEGER NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	counted_by TEXT COLLATE "C" NOT NULL,
	approved_by TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT stock_count_number UNIQUE (outlet, number)
)
-- next
CREATE TABLE stock_event (
	id TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	piece TEXT COLLATE "C" NOT NULL,
	act TEXT COLLATE "C" NOT NULL,
	before TEXT COLLATE "C" NOT NULL,
	after TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (id)
)
-- next
CREATE TABLE sync_exception (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	epoch INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	detail TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('open', 'noted', 'resolved')),
	held BIGINT NOT NULL,
	decision TEXT COLLATE "C" NOT NULL,
	decided_by TEXT COLLATE "C" NOT NULL,
	decided_at TEXT COLLATE "C" NOT NULL,
	resolution TEXT COLLATE "C" NOT NULL,
	raised_at TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
-- next
CREATE TABLE tax_rate (
	category TEXT COLLATE "C" NOT NULL,
	valid_from TEXT COLLATE "C" NOT NULL,
	rate INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (category, valid_from)
)
-- next
CREATE TABLE transfer_note (
	id TEXT COLLATE "C" NOT NULL,
	number INTEGER NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	"of" TEXT COLLATE "C" NOT NULL,
	sender TEXT COLLATE "C" NOT NULL,
	receiver TEXT COLLATE "C" NOT NULL,
	pieces INTEGER NOT NULL,
	from_lease TEXT COLLATE "C" NOT NULL,
	lease_id TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	outcome TEXT COLLATE "C" NOT NULL CHECK (outcome IN ('', 'returned', 'lost')),
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('draft', 'sent', 'received', 'differs', 'resolved', 'cancelled')),
	missing INTEGER NOT NULL,
	made_by TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	sent_at TEXT COLLATE "C" NOT NULL,
	received_at TEXT COLLATE "C" NOT NULL,
	settled_by TEXT COLLATE "C" NOT NULL,
	words TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT transfer_note_number UNIQUE (number)
)
-- next
CREATE TABLE transport_key (
	key_index TEXT COLLATE "C" NOT NULL,
	check_value TEXT COLLATE "C" NOT NULL,
	maker TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'ended')),
	kept_by TEXT COLLATE "C" NOT NULL,
	approved_by TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (key_index)
)
-- next
CREATE TABLE tries (
	outlet TEXT COLLATE "C" NOT NULL,
	subject TEXT COLLATE "C" NOT NULL,
	tries INTEGER NOT NULL,
	last_at TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (outlet, subject)
)
-- next
CREATE TABLE waiting_item (
	outlet TEXT COLLATE "C" NOT NULL,
	number INTEGER NOT NULL,
	why TEXT COLLATE "C" NOT NULL CHECK (why IN ('update', 'rest', 'fault')),
	due TEXT COLLATE "C" NOT NULL,
	detail TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'applied')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (outlet, number)
)
-- next
CREATE TABLE work_step (
	id TEXT COLLATE "C" NOT NULL,
	work_order_id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	at TEXT COLLATE "C" NOT NULL,
	act TEXT COLLATE "C" NOT NULL CHECK (act IN ('taken', 'handed', 'held', 'resumed', 'done', 'given_up')),
	operator TEXT COLLATE "C" NOT NULL,
	"to" TEXT COLLATE "C" NOT NULL,
	words TEXT COLLATE "C" NOT NULL,
	until TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (id)
)
-- next
CREATE TABLE business_interface (
	business TEXT COLLATE "C" NOT NULL,
	interface TEXT COLLATE "C" NOT NULL,
	position INTEGER NOT NULL,
	on_no TEXT COLLATE "C" NOT NULL CHECK (on_no IN ('no', 'override')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (business, interface),
	FOREIGN KEY(interface) REFERENCES interface (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE charge_item (
	code TEXT COLLATE "C" NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	fee_kind INTEGER NOT NULL,
	ledger_account TEXT COLLATE "C" NOT NULL,
	tax_category TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code),
	FOREIGN KEY(ledger_account) REFERENCES ledger_account (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE class_rule (
	code TEXT COLLATE "C" NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	category TEXT COLLATE "C" NOT NULL,
	rank INTEGER NOT NULL,
	conditions TEXT COLLATE "C" NOT NULL,
	valid_from TEXT COLLATE "C" NOT NULL,
	valid_to TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code),
	FOREIGN KEY(category) REFERENCES category (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE counter (
	code TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	printer TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'closed')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code),
	FOREIGN KEY(outlet) REFERENCES outlet (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE document_kind (
	code TEXT COLLATE "C" NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	holder TEXT COLLATE "C" NOT NULL CHECK (holder IN ('individual', 'organization')),
	rule TEXT COLLATE "C" NOT NULL,
	category TEXT COLLATE "C" NOT NULL,
	minors_only INTEGER NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code),
	FOREIGN KEY(category) REFERENCES category (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE edition_line (
	edition TEXT COLLATE "C" NOT NULL,
	position INTEGER NOT NULL,
	subject TEXT COLLATE "C" NOT NULL,
	table_name TEXT COLLATE "C" NOT NULL,
	row_key TEXT COLLATE "C" NOT NULL,
	op TEXT COLLATE "C" NOT NULL CHECK (op IN ('add', 'change', 'end')),
	before TEXT COLLATE "C" NOT NULL,
	after TEXT COLLATE "C" NOT NULL,
	dropped INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (edition, position),
	FOREIGN KEY(edition) REFERENCES edition (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE handset_bundle (
	code TEXT COLLATE "C" NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	model TEXT COLLATE "C" NOT NULL,
	plans TEXT COLLATE "C" NOT NULL,
	price BIGINT NOT NULL,
	prepay BIGINT NOT NULL,
	months INTEGER NOT NULL,
	penalty_percent INTEGER NOT NULL,
	valid_from TEXT COLLATE "C" NOT NULL,
	valid_to TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (code),
	FOREIGN KEY(model) REFERENCES product (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE list_file (
	id TEXT COLLATE "C" NOT NULL,
	source TEXT COLLATE "C" NOT NULL,
	list TEXT COLLATE "C" NOT NULL CHECK (list IN ('black', 'red')),
	sequence INTEGER NOT NULL,
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('full', 'delta')),
	rows INTEGER NOT NULL,
	digest TEXT COLLATE "C" NOT NULL,
	edition TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	taken_at TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(edition) REFERENCES edition (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE number_pattern (
	code TEXT COLLATE "C" NOT NULL,
	rank INTEGER NOT NULL,
	grade TEXT COLLATE "C" NOT NULL,
	pattern TEXT COLLATE "C" NOT NULL,
	forbids_four INTEGER NOT NULL,
	must_contain TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code),
	FOREIGN KEY(grade) REFERENCES number_grade (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE operator (
	staff_no TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	birth_date TEXT COLLATE "C" NOT NULL,
	role TEXT COLLATE "C" NOT NULL,
	password_hash TEXT COLLATE "C" NOT NULL,
	password_use TEXT COLLATE "C" NOT NULL CHECK (password_use IN ('initial', 'lasting')),
	language TEXT COLLATE "C" NOT NULL,
	confirmed_on TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'locked', 'left')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (staff_no),
	FOREIGN KEY(outlet) REFERENCES outlet (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE phone_number (
	number TEXT COLLATE "C" NOT NULL,
	segment TEXT COLLATE "C" NOT NULL,
	grade TEXT COLLATE "C" NOT NULL,
	tail TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('idle', 'sold', 'in_use', 'quarantined', 'ported', 'withdrawn')),
	outlet TEXT COLLATE "C" NOT NULL,
	lease_id TEXT COLLATE "C" NOT NULL,
	subscription_id TEXT COLLATE "C",
	quarantine_until TEXT COLLATE "C" NOT NULL,
	batch_id TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (number),
	FOREIGN KEY(segment) REFERENCES number_segment (prefix) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(grade) REFERENCES number_grade (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE piece_count (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	expected TEXT COLLATE "C" NOT NULL,
	started_by TEXT COLLATE "C" NOT NULL,
	started_at TEXT COLLATE "C" NOT NULL,
	count_id TEXT COLLATE "C",
	reason TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('open', 'closed', 'given_up')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(count_id) REFERENCES stock_count (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE plan_rate (
	plan TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	included INTEGER NOT NULL,
	unit INTEGER NOT NULL,
	price BIGINT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (plan, kind),
	FOREIGN KEY(plan) REFERENCES product (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE product_relation (
	product TEXT COLLATE "C" NOT NULL,
	other TEXT COLLATE "C" NOT NULL,
	relation TEXT COLLATE "C" NOT NULL CHECK (relation IN ('contains', 'needs', 'excludes')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (product, other),
	FOREIGN KEY(product) REFERENCES product (code) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(other) REFERENCES product (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE provider_service (
	code TEXT COLLATE "C" NOT NULL,
	partner TEXT COLLATE "C" NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	fee BIGINT NOT NULL,
	rhythm TEXT COLLATE "C" NOT NULL CHECK (rhythm IN ('month', 'piece')),
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code),
	FOREIGN KEY(partner) REFERENCES partner (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE publication (
	number SERIAL NOT NULL,
	edition TEXT COLLATE "C" NOT NULL,
	what TEXT COLLATE "C" NOT NULL CHECK (what IN ('lines', 'taken_back')),
	published_at TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (number),
	FOREIGN KEY(edition) REFERENCES edition (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE running_total (
	outlet TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	till TEXT COLLATE "C" NOT NULL,
	account TEXT COLLATE "C" NOT NULL,
	amount BIGINT NOT NULL,
	postings INTEGER NOT NULL,
	PRIMARY KEY (outlet, business_date, till, account),
	FOREIGN KEY(account) REFERENCES ledger_account (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE stock_piece (
	count_id TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	"of" TEXT COLLATE "C" NOT NULL,
	expected INTEGER NOT NULL,
	counted INTEGER NOT NULL,
	PRIMARY KEY (count_id, kind, "of"),
	FOREIGN KEY(count_id) REFERENCES stock_count (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE tender_kind (
	code TEXT COLLATE "C" NOT NULL,
	position INTEGER NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	account TEXT COLLATE "C" NOT NULL,
	reference INTEGER NOT NULL,
	drawer INTEGER NOT NULL,
	refunds INTEGER NOT NULL,
	offline INTEGER NOT NULL,
	provider TEXT COLLATE "C" NOT NULL,
	clears INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (code),
	CONSTRAINT tender_kind_account UNIQUE (account),
	FOREIGN KEY(account) REFERENCES ledger_account (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE transfer_count (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	note_id TEXT COLLATE "C" NOT NULL,
	end_of TEXT COLLATE "C" NOT NULL CHECK (end_of IN ('sent', 'received')),
	pieces INTEGER NOT NULL,
	listed TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	counted_by TEXT COLLATE "C" NOT NULL,
	approved_by TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(note_id) REFERENCES transfer_note (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE transfer_piece (
	note_id TEXT COLLATE "C" NOT NULL,
	piece TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('in_transit', 'received', 'missing', 'returned', 'lost')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (note_id, piece),
	FOREIGN KEY(note_id) REFERENCES transfer_note (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE authority (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	number INTEGER NOT NULL,
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('grant', 'code')),
	supervisor TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	business TEXT COLLATE "C" NOT NULL,
	amount_limit BIGINT NOT NULL,
	uses_left INTEGER NOT NULL,
	secret_hash TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	valid_until TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'used_up', 'withdrawn')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT authority_number UNIQUE (outlet, number),
	FOREIGN KEY(supervisor) REFERENCES operator (staff_no) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE credit_exemption (
	id TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('red_list', 'key_account', 'disputed', 'instalment', 'roaming', 'emergency')),
	document_kind TEXT COLLATE "C" NOT NULL,
	document_number TEXT COLLATE "C" NOT NULL,
	number TEXT COLLATE "C" NOT NULL,
	month TEXT COLLATE "C" NOT NULL,
	amount BIGINT NOT NULL,
	person TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	valid_from TEXT COLLATE "C" NOT NULL,
	valid_to TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(document_kind) REFERENCES document_kind (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE credit_raise (
	document_kind TEXT COLLATE "C" NOT NULL,
	document_number TEXT COLLATE "C" NOT NULL,
	credit_limit BIGINT NOT NULL,
	valid_from TEXT COLLATE "C" NOT NULL,
	valid_to TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (document_kind, document_number),
	FOREIGN KEY(document_kind) REFERENCES document_kind (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE customer (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	holder TEXT COLLATE "C" NOT NULL CHECK (holder IN ('individual', 'organization')),
	name TEXT COLLATE "C" NOT NULL,
	name_key TEXT COLLATE "C" NOT NULL,
	pinyin TEXT COLLATE "C" NOT NULL,
	initials TEXT COLLATE "C" NOT NULL,
	document_kind TEXT COLLATE "C" NOT NULL,
	document_number TEXT COLLATE "C" NOT NULL,
	document_expires TEXT COLLATE "C" NOT NULL,
	birth_date TEXT COLLATE "C" NOT NULL,
	gender TEXT COLLATE "C" NOT NULL CHECK (gender IN ('', 'male', 'female')),
	address TEXT COLLATE "C" NOT NULL,
	contact_phone TEXT COLLATE "C" NOT NULL,
	email TEXT COLLATE "C" NOT NULL,
	postcode TEXT COLLATE "C" NOT NULL,
	bill_medium TEXT COLLATE "C" NOT NULL CHECK (bill_medium IN ('none', 'post', 'email', 'message')),
	category TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('initialized', 'validated', 'closed')),
	created_at TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT customer_document UNIQUE (document_kind, document_number),
	FOREIGN KEY(document_kind) REFERENCES document_kind (code) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(category) REFERENCES category (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE customer_class (
	document_kind TEXT COLLATE "C" NOT NULL,
	document_number TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	category TEXT COLLATE "C" NOT NULL,
	how TEXT COLLATE "C" NOT NULL CHECK (how IN ('rule', 'hand')),
	rule TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	valid_to TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (document_kind, document_number),
	FOREIGN KEY(document_kind) REFERENCES document_kind (code) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(category) REFERENCES category (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE customer_rating (
	document_kind TEXT COLLATE "C" NOT NULL,
	document_number TEXT COLLATE "C" NOT NULL,
	rating TEXT COLLATE "C" NOT NULL,
	how TEXT COLLATE "C" NOT NULL CHECK (how IN ('score', 'hand')),
	points INTEGER NOT NULL,
	credit_limit BIGINT NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	valid_to TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (document_kind, document_number),
	FOREIGN KEY(document_kind) REFERENCES document_kind (code) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(rating) REFERENCES credit_rating (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE delegation (
	outlet TEXT COLLATE "C" NOT NULL,
	number INTEGER NOT NULL,
	giver TEXT COLLATE "C" NOT NULL,
	taker TEXT COLLATE "C" NOT NULL,
	"right" TEXT COLLATE "C" NOT NULL,
	since TEXT COLLATE "C" NOT NULL,
	until TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	withdrawn_on TEXT COLLATE "C" NOT NULL,
	withdrawn_by TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (outlet, number),
	FOREIGN KEY(giver) REFERENCES operator (staff_no) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(taker) REFERENCES operator (staff_no) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE operator_password (
	outlet TEXT COLLATE "C" NOT NULL,
	staff_no TEXT COLLATE "C" NOT NULL,
	number INTEGER NOT NULL,
	password_hash TEXT COLLATE "C" NOT NULL,
	replaces TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (outlet, staff_no, number),
	FOREIGN KEY(staff_no) REFERENCES operator (staff_no) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE piece_difference (
	count_id TEXT COLLATE "C" NOT NULL,
	piece TEXT COLLATE "C" NOT NULL,
	verdict TEXT COLLATE "C" NOT NULL CHECK (verdict IN ('missing', 'found', 'extra', 'wrong_place', 'wrong_state', 'left', 'came')),
	detail TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (count_id, piece),
	FOREIGN KEY(count_id) REFERENCES piece_count (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE price_rule (
	id TEXT COLLATE "C" NOT NULL,
	item TEXT COLLATE "C" NOT NULL,
	business TEXT COLLATE "C" NOT NULL,
	product TEXT COLLATE "C" NOT NULL,
	category TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	region TEXT COLLATE "C" NOT NULL,
	valid_from TEXT COLLATE "C" NOT NULL,
	valid_to TEXT COLLATE "C" NOT NULL,
	weekdays TEXT COLLATE "C" NOT NULL,
	from_time TEXT COLLATE "C" NOT NULL,
	to_time TEXT COLLATE "C" NOT NULL,
	amount BIGINT NOT NULL,
	percent INTEGER NOT NULL,
	monthly INTEGER NOT NULL,
	name_zh TEXT COLLATE "C" NOT NULL,
	name_en TEXT COLLATE "C" NOT NULL,
	rank INTEGER NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(item) REFERENCES charge_item (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE shift (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	till TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	opened_at TEXT COLLATE "C" NOT NULL,
	float_amount BIGINT NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('open', 'suspended', 'closed')),
	taken_from TEXT COLLATE "C",
	closed_at TEXT COLLATE "C" NOT NULL,
	closed_by TEXT COLLATE "C" NOT NULL,
	z_number INTEGER,
	expected_cash BIGINT NOT NULL,
	counted_cash BIGINT NOT NULL,
	difference BIGINT NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	approved_by TEXT COLLATE "C" NOT NULL,
	journal_end TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT shift_z UNIQUE (till, z_number),
	FOREIGN KEY(till) REFERENCES counter (code) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(operator) REFERENCES operator (staff_no) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(taken_from) REFERENCES shift (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE billing_account (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	number TEXT COLLATE "C" NOT NULL,
	customer_id TEXT COLLATE "C" NOT NULL,
	pay_type TEXT COLLATE "C" NOT NULL CHECK (pay_type IN ('prepaid', 'postpaid')),
	pay_method TEXT COLLATE "C" NOT NULL CHECK (pay_method IN ('cash', 'bank_debit')),
	bank TEXT COLLATE "C" NOT NULL,
	bank_account TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'closed')),
	opened_at TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (number),
	FOREIGN KEY(customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE customer_credit (
	customer_id TEXT COLLATE "C" NOT NULL,
	rating TEXT COLLATE "C" NOT NULL,
	credit_limit BIGINT NOT NULL,
	used BIGINT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (customer_id),
	FOREIGN KEY(customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(rating) REFERENCES credit_rating (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE drawer_move (
	id TEXT COLLATE "C" NOT NULL,
	shift_id TEXT COLLATE "C" NOT NULL,
	act TEXT COLLATE "C" NOT NULL CHECK (act IN ('suspended', 'resumed')),
	till TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	approved_by TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(shift_id) REFERENCES shift (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE loyalty_account (
	customer_id TEXT COLLATE "C" NOT NULL,
	points INTEGER NOT NULL,
	tenure_from TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (customer_id),
	FOREIGN KEY(customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE operator_grant (
	id TEXT COLLATE "C" NOT NULL,
	draft_id TEXT COLLATE "C" NOT NULL,
	rule TEXT COLLATE "C" NOT NULL,
	supervisor TEXT COLLATE "C" NOT NULL,
	on_behalf_of TEXT COLLATE "C" NOT NULL,
	shown TEXT COLLATE "C" NOT NULL,
	paid_out TEXT COLLATE "C" NOT NULL,
	authority TEXT COLLATE "C",
	granted_at TEXT COLLATE "C" NOT NULL,
	expires_at TEXT COLLATE "C" NOT NULL,
	used_order TEXT COLLATE "C",
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(supervisor) REFERENCES operator (staff_no) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(authority) REFERENCES authority (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE shift_count (
	shift_id TEXT COLLATE "C" NOT NULL,
	denomination INTEGER NOT NULL,
	pieces INTEGER NOT NULL,
	PRIMARY KEY (shift_id, denomination),
	FOREIGN KEY(shift_id) REFERENCES shift (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE shift_tender (
	shift_id TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	slips INTEGER NOT NULL,
	amount BIGINT NOT NULL,
	missing INTEGER NOT NULL,
	missing_amount BIGINT NOT NULL,
	"references" TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (shift_id, kind),
	FOREIGN KEY(shift_id) REFERENCES shift (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE balance_bucket (
	id TEXT COLLATE "C" NOT NULL,
	account_id TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('prepaid', 'deposit', 'gift')),
	amount BIGINT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT balance_bucket_kind UNIQUE (account_id, kind),
	FOREIGN KEY(account_id) REFERENCES billing_account (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE subscription (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	customer_id TEXT COLLATE "C" NOT NULL,
	account_id TEXT COLLATE "C" NOT NULL,
	number TEXT COLLATE "C" NOT NULL,
	tail TEXT COLLATE "C" NOT NULL,
	iccid TEXT COLLATE "C" NOT NULL,
	imsi TEXT COLLATE "C" NOT NULL,
	plan TEXT COLLATE "C" NOT NULL,
	pay_type TEXT COLLATE "C" NOT NULL CHECK (pay_type IN ('prepaid', 'postpaid')),
	long_distance TEXT COLLATE "C" NOT NULL CHECK (long_distance IN ('none', 'domestic', 'international')),
	roaming TEXT COLLATE "C" NOT NULL CHECK (roaming IN ('none', 'province', 'national', 'international')),
	minimum_spend BIGINT NOT NULL,
	password_hash TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('pendingActive', 'active', 'suspended', 'pendingTerminate', 'terminated', 'cancelled')),
	opened_on TEXT COLLATE "C" NOT NULL,
	activated_at TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(account_id) REFERENCES billing_account (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(iccid) REFERENCES sim_card (iccid) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(plan) REFERENCES product (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE charge_schedule (
	id TEXT COLLATE "C" NOT NULL,
	subscription_id TEXT COLLATE "C" NOT NULL,
	item TEXT COLLATE "C" NOT NULL,
	product TEXT COLLATE "C" NOT NULL,
	amount BIGINT NOT NULL,
	starts_on TEXT COLLATE "C" NOT NULL,
	ends_on TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'running', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(item) REFERENCES charge_item (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE number_porting (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	number TEXT COLLATE "C" NOT NULL,
	subscription_id TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('authorised', 'refused', 'lapsed', 'left', 'returned')),
	code TEXT COLLATE "C" NOT NULL,
	until TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	left_on TEXT COLLATE "C" NOT NULL,
	back_on TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE password_tries (
	subscription_id TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	tries INTEGER NOT NULL,
	PRIMARY KEY (subscription_id, business_date),
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE product_order (
	id TEXT COLLATE "C" NOT NULL,
	serial TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	counter TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	business TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('acknowledged', 'inProgress', 'held', 'pending', 'completed', 'cancelled', 'failed', 'partial', 'rejected')),
	draft_id TEXT COLLATE "C" NOT NULL,
	customer_id TEXT COLLATE "C",
	subscription_id TEXT COLLATE "C",
	amount BIGINT NOT NULL,
	form_json TEXT COLLATE "C" NOT NULL,
	created_at TEXT COLLATE "C" NOT NULL,
	completed_at TEXT COLLATE "C" NOT NULL,
	reverses TEXT COLLATE "C",
	approved_by TEXT COLLATE "C" NOT NULL,
	touches TEXT COLLATE "C" NOT NULL,
	collection TEXT COLLATE "C" NOT NULL,
	hand_slip TEXT COLLATE "C" NOT NULL,
	process_version INTEGER NOT NULL,
	limits TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (serial),
	UNIQUE (draft_id),
	FOREIGN KEY(customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(reverses) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE service_parameter (
	subscription_id TEXT COLLATE "C" NOT NULL,
	service TEXT COLLATE "C" NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	value TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (subscription_id, service, name),
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE subscription_product (
	subscription_id TEXT COLLATE "C" NOT NULL,
	product TEXT COLLATE "C" NOT NULL,
	valid_from TEXT COLLATE "C" NOT NULL,
	valid_to TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('pending', 'active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (subscription_id, product),
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(product) REFERENCES product (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE usage_month (
	subscription_id TEXT COLLATE "C" NOT NULL,
	month TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	quantity INTEGER NOT NULL,
	amount BIGINT NOT NULL,
	PRIMARY KEY (subscription_id, month, kind),
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE agreement (
	id TEXT COLLATE "C" NOT NULL,
	customer_id TEXT COLLATE "C" NOT NULL,
	subscription_id TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C",
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('handset', 'plan', 'number')),
	product TEXT COLLATE "C" NOT NULL,
	starts_on TEXT COLLATE "C" NOT NULL,
	ends_on TEXT COLLATE "C" NOT NULL,
	months INTEGER NOT NULL,
	value BIGINT NOT NULL,
	penalty_percent INTEGER NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'ended', 'terminated')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE balance_hold (
	id TEXT COLLATE "C" NOT NULL,
	bucket_id TEXT COLLATE "C" NOT NULL,
	subscription_id TEXT COLLATE "C" NOT NULL,
	service TEXT COLLATE "C" NOT NULL CHECK (service IN ('long_distance', 'roaming')),
	amount BIGINT NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	ended_order TEXT COLLATE "C",
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(bucket_id) REFERENCES balance_bucket (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(ended_order) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE behaviour_signal (
	id TEXT COLLATE "C" NOT NULL,
	rule TEXT COLLATE "C" NOT NULL,
	subject TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C",
	detail TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('raised', 'seen', 'closed')),
	raised_at TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE control_done (
	control_order TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	outcome TEXT COLLATE "C" NOT NULL CHECK (outcome IN ('done', 'not_needed', 'spared', 'refused')),
	order_id TEXT COLLATE "C",
	words TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	done_at TEXT COLLATE "C" NOT NULL,
	undone_at TEXT COLLATE "C" NOT NULL,
	undone_order TEXT COLLATE "C",
	revision INTEGER NOT NULL,
	PRIMARY KEY (control_order),
	FOREIGN KEY(control_order) REFERENCES control_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(undone_order) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE customer_agent (
	id TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	customer_id TEXT COLLATE "C" NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	document_kind TEXT COLLATE "C" NOT NULL,
	document_number TEXT COLLATE "C" NOT NULL,
	phone TEXT COLLATE "C" NOT NULL,
	month TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE customer_bill (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	account_id TEXT COLLATE "C" NOT NULL,
	month TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('monthly', 'final')),
	amount BIGINT NOT NULL,
	paid BIGINT NOT NULL,
	issued_on TEXT COLLATE "C" NOT NULL,
	due_on TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C",
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('new', 'onHold', 'validated', 'sent', 'partiallyPaid', 'settled')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT customer_bill_month UNIQUE (account_id, month, kind),
	FOREIGN KEY(account_id) REFERENCES billing_account (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE dispute (
	id TEXT COLLATE "C" NOT NULL,
	subscription_id TEXT COLLATE "C" NOT NULL,
	service TEXT COLLATE "C" NOT NULL,
	month TEXT COLLATE "C" NOT NULL,
	amount BIGINT NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('requested', 'refunded', 'refused')),
	order_id TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(service) REFERENCES provider_service (code) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE electronic_invoice (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	attempt INTEGER NOT NULL,
	title TEXT COLLATE "C" NOT NULL,
	tax_number TEXT COLLATE "C" NOT NULL,
	mail TEXT COLLATE "C" NOT NULL,
	amount BIGINT NOT NULL,
	tax BIGINT NOT NULL,
	says TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'issuing', 'issued', 'failed', 'cancelled')),
	number TEXT COLLATE "C" NOT NULL,
	issued_at TEXT COLLATE "C" NOT NULL,
	message TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE extra_value (
	order_id TEXT COLLATE "C" NOT NULL,
	field TEXT COLLATE "C" NOT NULL,
	business TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	label_zh TEXT COLLATE "C" NOT NULL,
	label_en TEXT COLLATE "C" NOT NULL,
	value TEXT COLLATE "C" NOT NULL,
	found_by TEXT COLLATE "C",
	PRIMARY KEY (order_id, field),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE hall_credit (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('raise', 'vouch', 'emergency')),
	customer_id TEXT COLLATE "C" NOT NULL,
	number TEXT COLLATE "C" NOT NULL,
	credit_limit BIGINT NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	valid_to TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C",
	made_at TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'withdrawn')),
	withdrawn_by TEXT COLLATE "C" NOT NULL,
	withdrawn_for TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE handset (
	imei TEXT COLLATE "C" NOT NULL,
	model TEXT COLLATE "C" NOT NULL,
	colour TEXT COLLATE "C" NOT NULL,
	imei2 TEXT COLLATE "C" NOT NULL,
	cost BIGINT NOT NULL,
	dispute TEXT COLLATE "C" NOT NULL,
	batch_id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	lease_id TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('disputed', 'in_stock', 'in_transit', 'sold', 'returned', 'faulty', 'scrapped')),
	sold_order TEXT COLLATE "C",
	sold_on TEXT COLLATE "C" NOT NULL,
	customer_id TEXT COLLATE "C",
	subscription_id TEXT COLLATE "C",
	revision INTEGER NOT NULL,
	PRIMARY KEY (imei),
	FOREIGN KEY(model) REFERENCES product (code) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(sold_order) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE handwritten_slip (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	number TEXT COLLATE "C" NOT NULL,
	known_as TEXT COLLATE "C" NOT NULL,
	business TEXT COLLATE "C" NOT NULL,
	written_on TEXT COLLATE "C" NOT NULL,
	written_at TEXT COLLATE "C" NOT NULL,
	written_by TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('entered', 'open', 'parked', 'settled')),
	order_id TEXT COLLATE "C",
	reason TEXT COLLATE "C" NOT NULL,
	amount BIGINT NOT NULL,
	tender TEXT COLLATE "C" NOT NULL,
	reference TEXT COLLATE "C" NOT NULL,
	held BIGINT NOT NULL,
	words TEXT COLLATE "C" NOT NULL,
	counter TEXT COLLATE "C" NOT NULL,
	entered_by TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT handwritten_slip_number UNIQUE (outlet, known_as),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE interaction (
	id TEXT COLLATE "C" NOT NULL,
	customer_id TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C",
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('call_back', 'complaint', 'fault', 'consultation')),
	due_on TEXT COLLATE "C" NOT NULL,
	matter TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('open', 'inProgress', 'completed')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE interface_answer (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	interface TEXT COLLATE "C" NOT NULL,
	request TEXT COLLATE "C" NOT NULL,
	sent TEXT COLLATE "C" NOT NULL,
	verdict TEXT COLLATE "C" NOT NULL CHECK (verdict IN ('', 'yes', 'override', 'no')),
	reason TEXT COLLATE "C" NOT NULL,
	fault TEXT COLLATE "C" NOT NULL,
	offline TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	asked_at TEXT COLLATE "C" NOT NULL,
	took_ms INTEGER NOT NULL,
	tries INTEGER NOT NULL,
	way TEXT COLLATE "C" NOT NULL CHECK (way IN ('', 'stop', 'call_in', 'undo', 'stands', 'gone')),
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('answered', 'unasked', 'waiting', 'confirmed', 'refused', 'settled')),
	later_at TEXT COLLATE "C" NOT NULL,
	later_reason TEXT COLLATE "C" NOT NULL,
	words TEXT COLLATE "C" NOT NULL,
	settled_by TEXT COLLATE "C" NOT NULL,
	settled_at TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE loyalty_entry (
	id TEXT COLLATE "C" NOT NULL,
	customer_id TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	points INTEGER NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(customer_id) REFERENCES loyalty_account (customer_id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE order_item (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('plan', 'service', 'provider', 'goods', 'sim', 'number', 'card')),
	product TEXT COLLATE "C" NOT NULL,
	count INTEGER NOT NULL,
	amount BIGINT NOT NULL,
	monthly BIGINT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE paper_document (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	range_id TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('invoice', 'receipt', 'slip', 'contract')),
	code TEXT COLLATE "C" NOT NULL,
	number INTEGER NOT NULL,
	order_id TEXT COLLATE "C",
	collection TEXT COLLATE "C" NOT NULL,
	customer_id TEXT COLLATE "C",
	amount BIGINT NOT NULL,
	tax BIGINT NOT NULL,
	content TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('normal', 'void', 'red')),
	reason TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	ended_on TEXT COLLATE "C" NOT NULL,
	copies INTEGER NOT NULL,
	drawn_later INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT paper_document_number UNIQUE (kind, code, number),
	FOREIGN KEY(range_id) REFERENCES document_range (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE posting (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	business TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C",
	shift_id TEXT COLLATE "C",
	till TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	note TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(shift_id) REFERENCES shift (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE provider_bar (
	id TEXT COLLATE "C" NOT NULL,
	subscription_id TEXT COLLATE "C" NOT NULL,
	partner TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'lifted')),
	order_id TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT provider_bar_once UNIQUE (subscription_id, partner),
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(partner) REFERENCES partner (code) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE provider_subscription (
	id TEXT COLLATE "C" NOT NULL,
	subscription_id TEXT COLLATE "C" NOT NULL,
	service TEXT COLLATE "C" NOT NULL,
	told_by TEXT COLLATE "C" NOT NULL CHECK (told_by IN ('counter', 'message')),
	since TEXT COLLATE "C" NOT NULL,
	until TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'ended')),
	order_id TEXT COLLATE "C",
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(service) REFERENCES provider_service (code) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE recharge_card (
	serial TEXT COLLATE "C" NOT NULL,
	face_value BIGINT NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	lease_id TEXT COLLATE "C" NOT NULL,
	pin_cipher TEXT COLLATE "C" NOT NULL,
	pin_check TEXT COLLATE "C" NOT NULL,
	valid_to TEXT COLLATE "C" NOT NULL,
	batch_id TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('idle', 'in_transit', 'sold', 'used', 'void', 'expired', 'locked')),
	sold_order TEXT COLLATE "C",
	used_order TEXT COLLATE "C",
	reason TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (serial),
	FOREIGN KEY(sold_order) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(used_order) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE scheduled_act (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	business TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	subscription_id TEXT COLLATE "C" NOT NULL,
	due_on TEXT COLLATE "C" NOT NULL,
	follows INTEGER NOT NULL,
	parameters TEXT COLLATE "C" NOT NULL,
	touches TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'done', 'cancelled', 'failed')),
	done_order_id TEXT COLLATE "C",
	reason TEXT COLLATE "C" NOT NULL,
	done_at TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(done_order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE settlement_entry (
	id TEXT COLLATE "C" NOT NULL,
	partner TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('commission', 'share')),
	amount BIGINT NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(partner) REFERENCES partner (code) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE suspension (
	id TEXT COLLATE "C" NOT NULL,
	subscription_id TEXT COLLATE "C" NOT NULL,
	cause TEXT COLLATE "C" NOT NULL CHECK (cause IN ('request', 'loss', 'arrears_outgoing', 'arrears_all', 'arrears_kept', 'fraud', 'court', 'identity', 'closing')),
	extent TEXT COLLATE "C" NOT NULL CHECK (extent IN ('outgoing', 'all')),
	starts_on TEXT COLLATE "C" NOT NULL,
	ends_on TEXT COLLATE "C" NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('planned', 'running', 'lifted', 'cancelled')),
	order_id TEXT COLLATE "C" NOT NULL,
	lifted_order_id TEXT COLLATE "C",
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(lifted_order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE trail (
	order_id TEXT COLLATE "C" NOT NULL,
	step TEXT COLLATE "C" NOT NULL,
	business TEXT COLLATE "C" NOT NULL,
	cells TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (order_id, step),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE value_change (
	id TEXT COLLATE "C" NOT NULL,
	subject TEXT COLLATE "C" NOT NULL,
	field TEXT COLLATE "C" NOT NULL,
	before TEXT COLLATE "C" NOT NULL,
	after TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE work_order (
	id TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	position INTEGER NOT NULL,
	kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('automatic', 'manual')),
	act TEXT COLLATE "C" NOT NULL,
	element TEXT COLLATE "C" NOT NULL,
	parameters TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('open', 'done', 'failed', 'cancelled')),
	reason TEXT COLLATE "C" NOT NULL,
	assigned TEXT COLLATE "C" NOT NULL,
	held_until TEXT COLLATE "C" NOT NULL,
	follow_up INTEGER NOT NULL,
	created_at TEXT COLLATE "C" NOT NULL,
	done_at TEXT COLLATE "C" NOT NULL,
	done_by TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE balance_entry (
	id TEXT COLLATE "C" NOT NULL,
	bucket_id TEXT COLLATE "C" NOT NULL,
	posting_id TEXT COLLATE "C" NOT NULL,
	amount BIGINT NOT NULL,
	before BIGINT NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(bucket_id) REFERENCES balance_bucket (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(posting_id) REFERENCES posting (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE bill_line (
	bill_id TEXT COLLATE "C" NOT NULL,
	line INTEGER NOT NULL,
	subscription_id TEXT COLLATE "C",
	item TEXT COLLATE "C" NOT NULL,
	product TEXT COLLATE "C" NOT NULL,
	detail TEXT COLLATE "C" NOT NULL,
	amount BIGINT NOT NULL,
	tax_rate INTEGER NOT NULL,
	PRIMARY KEY (bill_id, line),
	FOREIGN KEY(bill_id) REFERENCES customer_bill (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(item) REFERENCES charge_item (code) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE bill_payment (
	id TEXT COLLATE "C" NOT NULL,
	bill_id TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C" NOT NULL,
	posting_id TEXT COLLATE "C" NOT NULL,
	amount BIGINT NOT NULL,
	late_fee BIGINT NOT NULL,
	tax_rate INTEGER NOT NULL,
	tax BIGINT NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(bill_id) REFERENCES customer_bill (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(posting_id) REFERENCES posting (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE cash_movement (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	number INTEGER NOT NULL,
	posting_id TEXT COLLATE "C" NOT NULL,
	purpose TEXT COLLATE "C" NOT NULL CHECK (purpose IN ('float', 'change', 'return', 'drop', 'expense', 'deposit', 'withdrawal', 'suspense_back', 'refund', 'bank_short', 'bank_over')),
	amount BIGINT NOT NULL,
	reference TEXT COLLATE "C" NOT NULL,
	counterparty TEXT COLLATE "C" NOT NULL,
	approved_by TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT cash_movement_number UNIQUE (outlet, number),
	FOREIGN KEY(posting_id) REFERENCES posting (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE invoice_request (
	order_id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'electronic', 'drawn', 'declined', 'void')),
	title TEXT COLLATE "C" NOT NULL,
	tax_number TEXT COLLATE "C" NOT NULL,
	says TEXT COLLATE "C" NOT NULL,
	document_id TEXT COLLATE "C",
	revision INTEGER NOT NULL,
	PRIMARY KEY (order_id),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(document_id) REFERENCES paper_document (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE paper_tax (
	document_id TEXT COLLATE "C" NOT NULL,
	rate INTEGER NOT NULL,
	amount BIGINT NOT NULL,
	tax BIGINT NOT NULL,
	PRIMARY KEY (document_id, rate),
	FOREIGN KEY(document_id) REFERENCES paper_document (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE payment (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	order_id TEXT COLLATE "C",
	posting_id TEXT COLLATE "C" NOT NULL,
	shift_id TEXT COLLATE "C" NOT NULL,
	due BIGINT NOT NULL,
	tendered BIGINT NOT NULL,
	change BIGINT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(posting_id) REFERENCES posting (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(shift_id) REFERENCES shift (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE posting_line (
	posting_id TEXT COLLATE "C" NOT NULL,
	line INTEGER NOT NULL,
	account TEXT COLLATE "C" NOT NULL,
	amount BIGINT NOT NULL,
	item TEXT COLLATE "C" NOT NULL,
	tax_rate INTEGER NOT NULL,
	bucket_id TEXT COLLATE "C",
	PRIMARY KEY (posting_id, line),
	FOREIGN KEY(posting_id) REFERENCES posting (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(account) REFERENCES ledger_account (code) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(bucket_id) REFERENCES balance_bucket (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE red_confirmation (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	invoice_id TEXT COLLATE "C" NOT NULL,
	amount BIGINT NOT NULL,
	reason TEXT COLLATE "C" NOT NULL CHECK (reason IN ('01', '02', '03', '04')),
	state TEXT COLLATE "C" NOT NULL CHECK (state IN ('10', '01', '02', '03', '04', '05', '06', '07', '08', '09')),
	slip TEXT COLLATE "C" NOT NULL,
	number TEXT COLLATE "C" NOT NULL,
	message TEXT COLLATE "C" NOT NULL,
	operator TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(invoice_id) REFERENCES electronic_invoice (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE safe_count (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	expected BIGINT NOT NULL,
	counted BIGINT NOT NULL,
	difference BIGINT NOT NULL,
	reason TEXT COLLATE "C" NOT NULL,
	counted_by TEXT COLLATE "C" NOT NULL,
	approved_by TEXT COLLATE "C" NOT NULL,
	posting_id TEXT COLLATE "C",
	made_at TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(posting_id) REFERENCES posting (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE suspense_entry (
	id TEXT COLLATE "C" NOT NULL,
	outlet TEXT COLLATE "C" NOT NULL,
	business_date TEXT COLLATE "C" NOT NULL,
	shift_id TEXT COLLATE "C" NOT NULL,
	slip_id TEXT COLLATE "C" NOT NULL,
	posting_id TEXT COLLATE "C" NOT NULL,
	act TEXT COLLATE "C" NOT NULL CHECK (act IN ('taken', 'given_back', 'used', 'returned')),
	amount BIGINT NOT NULL,
	approved_by TEXT COLLATE "C" NOT NULL,
	made_at TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(shift_id) REFERENCES shift (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(slip_id) REFERENCES handwritten_slip (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(posting_id) REFERENCES posting (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE payment_tender (
	payment_id TEXT COLLATE "C" NOT NULL,
	line INTEGER NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	amount BIGINT NOT NULL,
	reference TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (payment_id, line),
	FOREIGN KEY(payment_id) REFERENCES payment (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE TABLE safe_piece (
	count_id TEXT COLLATE "C" NOT NULL,
	denomination INTEGER NOT NULL,
	pieces INTEGER NOT NULL,
	PRIMARY KEY (count_id, denomination),
	FOREIGN KEY(count_id) REFERENCES safe_count (id) DEFERRABLE INITIALLY DEFERRED
)
-- next
CREATE INDEX access_log_day ON access_log (business_date, act)
-- next
CREATE INDEX access_log_made_at ON access_log (made_at)
-- next
CREATE INDEX act_business ON act (business, id)
-- next
CREATE INDEX act_day ON act (business_date)
-- next
CREATE INDEX act_edition ON act (edition, id)
-- next
CREATE INDEX agent_document ON customer_agent (document_kind, document_number)
-- next
CREATE INDEX agreement_state ON agreement (subscription_id, state)
-- next
CREATE INDEX alarm_open ON alarm (state, outlet)
-- next
CREATE INDEX blank_card_lease ON blank_card (lease_id)
-- next
CREATE INDEX blank_card_stock ON blank_card (outlet, state, serial)
-- next
CREATE INDEX cash_movement_reference ON cash_movement (reference, purpose) WHERE reference != ''
-- next
CREATE INDEX closing_report_day ON closing_report (outlet, business_date)
-- next
CREATE INDEX control_done_day ON control_done (outlet, business_date)
-- next
CREATE INDEX control_order_line ON control_order (subscription_id, made_on)
-- next
CREATE INDEX control_order_number ON control_order (number)
-- next
CREATE INDEX control_order_outlet ON control_order (outlet, made_on)
-- next
CREATE INDEX control_order_run ON control_order (run)
-- next
CREATE INDEX credit_exemption_document ON credit_exemption (document_kind, document_number)
-- next
CREATE INDEX credit_exemption_ending ON credit_exemption (valid_to, id)
-- next
CREATE INDEX credit_exemption_known_by ON credit_exemption (document_number)
-- next
CREATE INDEX credit_exemption_number ON credit_exemption (number)
-- next
CREATE INDEX credit_exemption_person ON credit_exemption (person)
-- next
CREATE INDEX customer_bill_state ON customer_bill (state, due_on)
-- next
CREATE INDEX customer_class_category ON customer_class (category)
-- next
CREATE INDEX customer_document_number ON customer (document_number)
-- next
CREATE INDEX customer_initials ON customer (initials)
-- next
CREATE INDEX customer_name ON customer (name_key)
-- next
CREATE INDEX customer_pinyin ON customer (pinyin)
-- next
CREATE INDEX customer_rating_rating ON customer_rating (rating)
-- next
CREATE INDEX delegation_taker ON delegation (taker)
-- next
CREATE INDEX draft_number ON draft (number)
-- next
CREATE INDEX draft_state ON draft (state, expires_at)
-- next
CREATE INDEX edition_line_row ON edition_line (table_name, row_key)
-- next
CREATE INDEX edition_state ON edition (state)
-- next
CREATE INDEX electronic_invoice_state ON electronic_invoice (outlet, state, made_at, id)
-- next
CREATE INDEX extra_value_field ON extra_value (business, field)
-- next
CREATE INDEX extra_value_found_by ON extra_value (found_by)
-- next
CREATE INDEX feed_item_scope ON feed_item (outlet, scope, number)
-- next
CREATE INDEX hall_credit_customer ON hall_credit (customer_id, kind)
-- next
CREATE INDEX handset_lease ON handset (lease_id)
-- next
CREATE INDEX handset_stock ON handset (outlet, state, model, imei)
-- next
CREATE INDEX handwritten_slip_waiting ON handwritten_slip (outlet) WHERE state IN ('open', 'parked') OR held > 0
-- next
CREATE INDEX imsi_reserve_lease ON imsi_reserve (lease_id)
-- next
CREATE INDEX imsi_reserve_stock ON imsi_reserve (outlet, state, imsi)
-- next
CREATE INDEX interaction_due ON interaction (state, due_on)
-- next
CREATE INDEX interface_answer_order ON interface_answer (order_id)
-- next
CREATE INDEX interface_answer_refused ON interface_answer (outlet, later_at, id) WHERE state = 'refused'
-- next
CREATE INDEX interface_answer_waiting ON interface_answer (outlet, asked_at) WHERE state = 'waiting'
-- next
CREATE INDEX invoice_request_state ON invoice_request (state, business_date)
-- next
CREATE INDEX ix_access_log_subject ON access_log (subject)
-- next
CREATE INDEX ix_agreement_customer_id ON agreement (customer_id)
-- next
CREATE INDEX ix_agreement_order_id ON agreement (order_id)
-- next
CREATE INDEX ix_article_business ON article (business)
-- next
CREATE INDEX ix_authority_supervisor ON authority (supervisor)
-- next
CREATE INDEX ix_balance_bucket_account_id ON balance_bucket (account_id)
-- next
CREATE INDEX ix_balance_entry_bucket_id ON balance_entry (bucket_id)
-- next
CREATE INDEX ix_balance_entry_posting_id ON balance_entry (posting_id)
-- next
CREATE INDEX ix_balance_hold_bucket_id ON balance_hold (bucket_id)
-- next
CREATE INDEX ix_balance_hold_ended_order ON balance_hold (ended_order)
-- next
CREATE INDEX ix_balance_hold_order_id ON balance_hold (order_id)
-- next
CREATE INDEX ix_balance_hold_subscription_id ON balance_hold (subscription_id)
-- next
CREATE INDEX ix_behaviour_signal_order_id ON behaviour_signal (order_id)
-- next
CREATE INDEX ix_behaviour_signal_subject ON behaviour_signal (subject)
-- next
CREATE INDEX ix_bill_line_subscription_id ON bill_line (subscription_id)
-- next
CREATE INDEX ix_bill_payment_bill_id ON bill_payment (bill_id)
-- next
CREATE INDEX ix_bill_payment_order_id ON bill_payment (order_id)
-- next
CREATE INDEX ix_bill_payment_posting_id ON bill_payment (posting_id)
-- next
CREATE INDEX ix_billing_account_customer_id ON billing_account (customer_id)
-- next
CREATE INDEX ix_blind_count_subject ON blind_count (subject)
-- next
CREATE INDEX ix_cash_movement_posting_id ON cash_movement (posting_id)
-- next
CREATE INDEX ix_charge_schedule_subscription_id ON charge_schedule (subscription_id)
-- next
CREATE INDEX ix_content_business ON content (business)
-- next
CREATE INDEX ix_control_done_order_id ON control_done (order_id)
-- next
CREATE INDEX ix_counter_outlet ON counter (outlet)
-- next
CREATE INDEX ix_customer_agent_customer_id ON customer_agent (customer_id)
-- next
CREATE INDEX ix_customer_agent_order_id ON customer_agent (order_id)
-- next
CREATE INDEX ix_customer_bill_account_id ON customer_bill (account_id)
-- next
CREATE INDEX ix_customer_bill_order_id ON customer_bill (order_id)
-- next
CREATE INDEX ix_delegation_giver ON delegation (giver)
-- next
CREATE INDEX ix_dispute_order_id ON dispute (order_id)
-- next
CREATE INDEX ix_dispute_subscription_id ON dispute (subscription_id)
-- next
CREATE INDEX ix_document_range_lease_id ON document_range (lease_id)
-- next
CREATE INDEX ix_draft_collection ON draft (collection)
-- next
CREATE INDEX ix_drawer_move_shift_id ON drawer_move (shift_id)
-- next
CREATE INDEX ix_electronic_invoice_order_id ON electronic_invoice (order_id)
-- next
CREATE INDEX ix_hall_credit_order_id ON hall_credit (order_id)
-- next
CREATE INDEX ix_handset_customer_id ON handset (customer_id)
-- next
CREATE INDEX ix_handset_sold_order ON handset (sold_order)
-- next
CREATE INDEX ix_handset_subscription_id ON handset (subscription_id)
-- next
CREATE INDEX ix_handwritten_slip_order_id ON handwritten_slip (order_id)
-- next
CREATE INDEX ix_interaction_customer_id ON interaction (customer_id)
-- next
CREATE INDEX ix_interaction_order_id ON interaction (order_id)
-- next
CREATE INDEX ix_invoice_request_document_id ON invoice_request (document_id)
-- next
CREATE INDEX ix_lease_outlet ON lease (outlet)
-- next
CREATE INDEX ix_list_file_edition ON list_file (edition)
-- next
CREATE INDEX ix_loyalty_entry_customer_id ON loyalty_entry (customer_id)
-- next
CREATE INDEX ix_loyalty_entry_order_id ON loyalty_entry (order_id)
-- next
CREATE INDEX ix_number_porting_subscription_id ON number_porting (subscription_id)
-- next
CREATE INDEX ix_operator_grant_authority ON operator_grant (authority)
-- next
CREATE INDEX ix_operator_grant_draft_id ON operator_grant (draft_id)
-- next
CREATE INDEX ix_operator_grant_supervisor ON operator_grant (supervisor)
-- next
CREATE INDEX ix_operator_outlet ON operator (outlet)
-- next
CREATE INDEX ix_order_item_order_id ON order_item (order_id)
-- next
CREATE INDEX ix_paper_document_business_date ON paper_document (business_date)
-- next
CREATE INDEX ix_paper_document_collection ON paper_document (collection)
-- next
CREATE INDEX ix_paper_document_customer_id ON paper_document (customer_id)
-- next
CREATE INDEX ix_paper_document_number ON paper_document (number)
-- next
CREATE INDEX ix_paper_document_order_id ON paper_document (order_id)
-- next
CREATE INDEX ix_payment_order_id ON payment (order_id)
-- next
CREATE INDEX ix_payment_posting_id ON payment (posting_id)
-- next
CREATE INDEX ix_payment_shift_id ON payment (shift_id)
-- next
CREATE INDEX ix_piece_count_count_id ON piece_count (count_id)
-- next
CREATE INDEX ix_posting_line_bucket_id ON posting_line (bucket_id)
-- next
CREATE INDEX ix_posting_order_id ON posting (order_id)
-- next
CREATE INDEX ix_posting_shift_id ON posting (shift_id)
-- next
CREATE INDEX ix_price_rule_business ON price_rule (business)
-- next
CREATE INDEX ix_print_job_document_id ON print_job (document_id)
-- next
CREATE INDEX ix_print_job_order_id ON print_job (order_id)
-- next
CREATE INDEX ix_product_order_collection ON product_order (collection)
-- next
CREATE INDEX ix_product_order_reverses ON product_order (reverses)
-- next
CREATE INDEX ix_provider_bar_order_id ON provider_bar (order_id)
-- next
CREATE INDEX ix_provider_bar_subscription_id ON provider_bar (subscription_id)
-- next
CREATE INDEX ix_provider_service_partner ON provider_service (partner)
-- next
CREATE INDEX ix_provider_subscription_order_id ON provider_subscription (order_id)
-- next
CREATE INDEX ix_provider_subscription_subscription_id ON provider_subscription (subscription_id)
-- next
CREATE INDEX ix_publication_edition ON publication (edition)
-- next
CREATE INDEX ix_recharge_card_pin_check ON recharge_card (pin_check)
-- next
CREATE INDEX ix_recharge_card_sold_order ON recharge_card (sold_order)
-- next
CREATE INDEX ix_recharge_card_used_order ON recharge_card (used_order)
-- next
CREATE INDEX ix_red_confirmation_invoice_id ON red_confirmation (invoice_id)
-- next
CREATE INDEX ix_reservation_draft_id ON reservation (draft_id)
-- next
CREATE INDEX ix_safe_count_posting_id ON safe_count (posting_id)
-- next
CREATE INDEX ix_scheduled_act_done_order_id ON scheduled_act (done_order_id)
-- next
CREATE INDEX ix_scheduled_act_order_id ON scheduled_act (order_id)
-- next
CREATE INDEX ix_scheduled_act_subscription_id ON scheduled_act (subscription_id)
-- next
CREATE INDEX ix_settlement_entry_order_id ON settlement_entry (order_id)
-- next
CREATE INDEX ix_settlement_entry_partner ON settlement_entry (partner)
-- next
CREATE INDEX ix_shift_taken_from ON shift (taken_from)
-- next
CREATE INDEX ix_sim_card_subscription_id ON sim_card (subscription_id)
-- next
CREATE INDEX ix_subscription_account_id ON subscription (account_id)
-- next
CREATE INDEX ix_subscription_customer_id ON subscription (customer_id)
-- next
CREATE INDEX ix_subscription_iccid ON subscription (iccid)
-- next
CREATE INDEX ix_subscription_imsi ON subscription (imsi)
-- next
CREATE INDEX ix_suspense_entry_posting_id ON suspense_entry (posting_id)
-- next
CREATE INDEX ix_suspense_entry_shift_id ON suspense_entry (shift_id)
-- next
CREATE INDEX ix_suspense_entry_slip_id ON suspense_entry (slip_id)
-- next
CREATE INDEX ix_suspension_lifted_order_id ON suspension (lifted_order_id)
-- next
CREATE INDEX ix_suspension_order_id ON suspension (order_id)
-- next
CREATE INDEX ix_suspension_subscription_id ON suspension (subscription_id)
-- next
CREATE INDEX ix_value_change_order_id ON value_change (order_id)
-- next
CREATE INDEX ix_work_order_order_id ON work_order (order_id)
-- next
CREATE INDEX ix_work_step_work_order_id ON work_step (work_order_id)
-- next
CREATE INDEX job_file ON job (digest)
-- next
CREATE INDEX job_open ON job (state, changed_at)
-- next
CREATE INDEX journal_serial ON journal (serial)
-- next
CREATE INDEX list_file_source ON list_file (source, list, sequence)
-- next
CREATE INDEX listed_document ON listed_person (document_number, id)
-- next
CREATE INDEX mobile_payment_day ON mobile_payment (outlet, business_date)
-- next
CREATE INDEX mobile_payment_draft ON mobile_payment (draft_id)
-- next
CREATE INDEX mobile_payment_open ON mobile_payment (asked_at) WHERE state IN ('asked', 'unknown') OR (state = 'paid' AND booked = 0) OR (state = 'closed' AND refund_of <> '' AND dropped = 0)
-- next
CREATE INDEX mobile_payment_refund ON mobile_payment (refund_of)
-- next
CREATE INDEX network_command_batch ON network_command (batch_id)
-- next
CREATE INDEX network_command_chain ON network_command (chain, closed, position)
-- next
CREATE INDEX network_command_due ON network_command (state, due_at)
-- next
CREATE INDEX network_command_news ON network_command (news) WHERE news = 1
-- next
CREATE INDEX network_command_order ON network_command (work_order_id, closed)
-- next
CREATE INDEX network_command_state ON network_command (state, element, subscriber, position)
-- next
CREATE INDEX network_command_subscriber ON network_command (subscriber, state)
-- next
CREATE INDEX number_move_day ON number_move (outlet, business_date)
-- next
CREATE INDEX number_porting_made ON number_porting (outlet, made_at, id)
-- next
CREATE INDEX number_porting_number ON number_porting (number, state)
-- next
CREATE INDEX operator_role ON operator (role, state, staff_no)
-- next
CREATE INDEX order_item_day ON order_item (outlet, business_date, kind, product, count, amount, monthly)
-- next
CREATE INDEX paper_document_ended ON paper_document (ended_on) WHERE ended_on != ''
-- next
CREATE INDEX paper_document_range ON paper_document (range_id, state, outlet)
-- next
CREATE INDEX paper_document_reason ON paper_document (reason) WHERE reason != ''
-- next
CREATE INDEX payment_tender_reference ON payment_tender (reference, kind) WHERE reference != ''
-- next
CREATE INDEX phone_number_lease ON phone_number (lease_id)
-- next
CREATE INDEX phone_number_stock ON phone_number (outlet, state, grade, number)
-- next
CREATE INDEX phone_number_subscription ON phone_number (subscription_id)
-- next
CREATE INDEX phone_number_tail ON phone_number (tail)
-- next
CREATE INDEX piece_difference_piece ON piece_difference (piece)
-- next
CREATE INDEX posting_day ON posting (business_date, till)
-- next
CREATE INDEX posting_line_account ON posting_line (account, posting_id, amount)
-- next
CREATE INDEX posting_shift ON posting (shift_id, id)
-- next
CREATE INDEX print_job_held_up ON print_job (printer, state, rank, queued_at, id) WHERE state IN ('sending', 'refused', 'unknown')
-- next
CREATE INDEX print_job_unsettled ON print_job (printer, rank, queued_at, id, state) WHERE state IN ('queued', 'sending', 'refused', 'unknown')
-- next
CREATE INDEX product_order_customer ON product_order (customer_id)
-- next
CREATE INDEX product_order_day ON product_order (business_date, business)
-- next
CREATE INDEX product_order_in_progress ON product_order (created_at) WHERE state = 'inProgress'
-- next
CREATE INDEX product_order_running ON product_order (business, state, process_version, created_at) WHERE state IN ('acknowledged', 'inProgress', 'held', 'pending', 'failed', 'partial')
-- next
CREATE INDEX product_order_subscription ON product_order (subscription_id)
-- next
CREATE INDEX published_line_due ON published_line (effective_from)
-- next
CREATE INDEX published_line_row ON published_line (table_name, row_key, effective_from, number, position)
-- next
CREATE INDEX recharge_card_lease ON recharge_card (lease_id)
-- next
CREATE INDEX recharge_card_stock ON recharge_card (outlet, state, face_value, serial)
-- next
CREATE INDEX red_confirmation_state ON red_confirmation (outlet, state, made_at, id)
-- next
CREATE INDEX reservation_due ON reservation (state, until)
-- next
CREATE INDEX safe_count_day ON safe_count (outlet, business_date)
-- next
CREATE INDEX scheduled_act_due ON scheduled_act (state, outlet, due_on, id)
-- next
CREATE INDEX service_parameter_forward ON service_parameter (value) WHERE name = 'forward_to'
-- next
CREATE INDEX shift_day ON shift (outlet, business_date)
-- next
CREATE INDEX shift_open ON shift (till, state)
-- next
CREATE INDEX sim_card_lease ON sim_card (lease_id)
-- next
CREATE INDEX sim_card_stock ON sim_card (outlet, state, kind, iccid)
-- next
CREATE INDEX sms_file_written ON sms_file (written, sequence)
-- next
CREATE INDEX sms_message_file ON sms_message (file)
-- next
CREATE INDEX sms_message_state ON sms_message (state, queued_at, id)
-- next
CREATE INDEX stock_batch_kind ON stock_batch (kind, id)
-- next
CREATE INDEX stock_count_day ON stock_count (outlet, business_date)
-- next
CREATE INDEX stock_event_piece ON stock_event (piece, id)
-- next
CREATE INDEX subscription_any_number ON subscription (number)
-- next
CREATE INDEX subscription_tail ON subscription (tail)
-- next
CREATE INDEX suspense_entry_day ON suspense_entry (outlet, business_date)
-- next
CREATE INDEX sync_exception_decided ON sync_exception (state, decided_at, raised_at, id)
-- next
CREATE INDEX sync_exception_held ON sync_exception (state, held)
-- next
CREATE INDEX sync_exception_open ON sync_exception (state, outlet, seq)
-- next
CREATE INDEX sync_exception_raised ON sync_exception (state, raised_at, id)
-- next
CREATE INDEX sync_exception_reason ON sync_exception (state, reason, raised_at, id)
-- next
CREATE INDEX trail_business ON trail (business, order_id)
-- next
CREATE INDEX transfer_count_note ON transfer_count (note_id, end_of)
-- next
CREATE INDEX transfer_note_from_lease ON transfer_note (from_lease) WHERE from_lease != ''
-- next
CREATE INDEX transfer_note_state ON transfer_note (state, number)
-- next
CREATE INDEX transfer_piece_piece ON transfer_piece (piece)
-- next
CREATE INDEX value_change_number ON value_change (before) WHERE field = 'number'
-- next
CREATE INDEX value_change_subject ON value_change (subject, field)
-- next
CREATE INDEX waiting_item_state ON waiting_item (outlet, state)
-- next
CREATE INDEX work_order_assigned ON work_order (state, kind, assigned) WHERE state = 'open'
-- next
CREATE INDEX work_order_state ON work_order (state, kind, created_at, id)
-- next
CREATE UNIQUE INDEX business_day_open ON business_day (outlet) WHERE state = 'open'
-- next
CREATE UNIQUE INDEX electronic_invoice_number ON electronic_invoice (number) WHERE number != ''
-- next
CREATE UNIQUE INDEX piece_count_open ON piece_count (outlet, kind) WHERE state = 'open'
-- next
CREATE UNIQUE INDEX reservation_holder ON reservation (kind, resource) WHERE state = 'active'
-- next
CREATE UNIQUE INDEX shift_one_open ON shift (till) WHERE state = 'open'
-- next
CREATE UNIQUE INDEX shift_one_running ON shift (outlet, operator) WHERE state != 'closed'
-- next
CREATE UNIQUE INDEX subscription_number ON subscription (number) WHERE state NOT IN ('terminated', 'cancelled')
-- next
CREATE UNIQUE INDEX suspension_one_cause ON suspension (subscription_id, cause) WHERE state IN ('planned', 'running')
-- next
CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '%% is append only', TG_TABLE_NAME; END $$
-- next
CREATE TRIGGER access_log_append_only BEFORE UPDATE OR DELETE ON access_log FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER act_append_only BEFORE UPDATE OR DELETE ON act FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER balance_entry_append_only BEFORE UPDATE OR DELETE ON balance_entry FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER bill_line_append_only BEFORE UPDATE OR DELETE ON bill_line FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER bill_payment_append_only BEFORE UPDATE OR DELETE ON bill_payment FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER cash_movement_append_only BEFORE UPDATE OR DELETE ON cash_movement FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER closing_report_append_only BEFORE UPDATE OR DELETE ON closing_report FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER control_item_append_only BEFORE UPDATE OR DELETE ON control_item FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER customer_agent_append_only BEFORE UPDATE OR DELETE ON customer_agent FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER document_receipt_append_only BEFORE UPDATE OR DELETE ON document_receipt FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER drawer_move_append_only BEFORE UPDATE OR DELETE ON drawer_move FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER extra_value_append_only BEFORE UPDATE OR DELETE ON extra_value FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON journal FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER list_file_append_only BEFORE UPDATE OR DELETE ON list_file FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER logo_raster_append_only BEFORE UPDATE OR DELETE ON logo_raster FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER loyalty_entry_append_only BEFORE UPDATE OR DELETE ON loyalty_entry FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER number_move_append_only BEFORE UPDATE OR DELETE ON number_move FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER operator_password_append_only BEFORE UPDATE OR DELETE ON operator_password FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER order_item_append_only BEFORE UPDATE OR DELETE ON order_item FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER paper_tax_append_only BEFORE UPDATE OR DELETE ON paper_tax FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER payment_append_only BEFORE UPDATE OR DELETE ON payment FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER payment_tender_append_only BEFORE UPDATE OR DELETE ON payment_tender FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER piece_difference_append_only BEFORE UPDATE OR DELETE ON piece_difference FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER posting_append_only BEFORE UPDATE OR DELETE ON posting FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER posting_line_append_only BEFORE UPDATE OR DELETE ON posting_line FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER publication_append_only BEFORE UPDATE OR DELETE ON publication FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER published_line_append_only BEFORE UPDATE OR DELETE ON published_line FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER safe_count_append_only BEFORE UPDATE OR DELETE ON safe_count FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER safe_piece_append_only BEFORE UPDATE OR DELETE ON safe_piece FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER settlement_entry_append_only BEFORE UPDATE OR DELETE ON settlement_entry FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER shift_count_append_only BEFORE UPDATE OR DELETE ON shift_count FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER shift_tender_append_only BEFORE UPDATE OR DELETE ON shift_tender FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER stock_count_append_only BEFORE UPDATE OR DELETE ON stock_count FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER stock_event_append_only BEFORE UPDATE OR DELETE ON stock_event FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER stock_piece_append_only BEFORE UPDATE OR DELETE ON stock_piece FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER suspense_entry_append_only BEFORE UPDATE OR DELETE ON suspense_entry FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER trail_append_only BEFORE UPDATE OR DELETE ON trail FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER transfer_count_append_only BEFORE UPDATE OR DELETE ON transfer_count FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER value_change_append_only BEFORE UPDATE OR DELETE ON value_change FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE TRIGGER work_step_append_only BEFORE UPDATE OR DELETE ON work_step FOR EACH ROW EXECUTE FUNCTION append_only()
-- next
CREATE INDEX customer_name_part ON customer USING gin (string_to_array(name_key, NULL))
