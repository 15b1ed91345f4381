CREATE TABLE access_code (
	code TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('sms_port', 'access_code')),
	partner TEXT NOT NULL,
	rented_from TEXT NOT NULL,
	rented_to TEXT NOT NULL,
	fee INTEGER NOT NULL,
	document_no TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('free', 'rented', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
 STRICT
-- next
CREATE TABLE access_log (
	id TEXT NOT NULL,
	outlet TEXT,
	counter TEXT,
	operator TEXT NOT NULL,
	act TEXT NOT NULL,
	subject TEXT NOT NULL,
	reason TEXT NOT NULL,
	business_date TEXT NOT NULL,
	made_at TEXT NOT NULL,
	PRIMARY KEY (id)
)
 STRICT
-- next
CREATE TABLE act (
	id TEXT NOT NULL,
	serial TEXT NOT NULL,
	outlet TEXT NOT NULL,
	counter TEXT NOT NULL,
	operator TEXT NOT NULL,
	business TEXT NOT NULL,
	act TEXT NOT NULL,
	business_date TEXT NOT NULL,
	edition TEXT NOT NULL,
	form_json TEXT NOT NULL,
	cells TEXT NOT NULL,
	approved_by TEXT NOT NULL,
	made_at TEXT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (serial)
)
 STRICT
-- next
CREATE TABLE alarm (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	counter TEXT NOT NULL,
	operator TEXT NOT NULL,
	kind TEXT NOT NULL,
	message TEXT NOT NULL,
	raised_at TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'seen')),
	seen_by TEXT NOT NULL,
	words TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
 STRICT
-- next
CREATE TABLE answer_code (
	dialect TEXT NOT NULL,
	code TEXT NOT NULL,
	meaning TEXT NOT NULL CHECK (meaning IN ('done', 'retry', 'refused')),
	text_zh TEXT NOT NULL,
	text_en TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (dialect, code)
)
 STRICT
-- next
CREATE TABLE article (
	code TEXT NOT NULL,
	business TEXT NOT NULL,
	title_zh TEXT NOT NULL,
	title_en TEXT NOT NULL,
	text_zh TEXT NOT NULL,
	text_en TEXT NOT NULL,
	words TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('published', 'withdrawn')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
 STRICT
-- next
CREATE TABLE blank_card (
	serial TEXT NOT NULL,
	kind TEXT NOT NULL,
	batch_id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	lease_id TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('blank', 'in_transit', 'written', 'spoiled')),
	iccid TEXT,
	revision INTEGER NOT NULL,
	PRIMARY KEY (serial)
)
 STRICT
-- next
CREATE TABLE blind_count (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	counter TEXT NOT NULL,
	operator TEXT NOT NULL,
	business_date TEXT NOT NULL,
	subject TEXT NOT NULL,
	number INTEGER NOT NULL,
	pieces_json TEXT NOT NULL,
	amount INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('put_down', 'answered', 'accepted')),
	approved_by TEXT NOT NULL,
	made_at TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT blind_count_number UNIQUE (outlet, subject, number)
)
 STRICT
-- next
CREATE TABLE business_day (
	outlet TEXT NOT NULL,
	business_date TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
	opened_by TEXT NOT NULL,
	opened_at TEXT NOT NULL,
	closed_by TEXT NOT NULL,
	closed_at TEXT NOT NULL,
	note TEXT NOT NULL,
	number INTEGER,
	journal_end TEXT NOT NULL,
	closing_word TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (outlet, business_date),
	CONSTRAINT business_day_number UNIQUE (outlet, number)
)
 STRICT
-- next
CREATE TABLE card_batch (
	id TEXT NOT NULL,
	order_no TEXT NOT NULL,
	maker TEXT NOT NULL,
	sequence INTEGER NOT NULL,
	quantity INTEGER NOT NULL,
	first_serial TEXT NOT NULL,
	face_value INTEGER NOT NULL,
	valid_to TEXT NOT NULL,
	key_index TEXT NOT NULL,
	accepted_at TEXT NOT NULL,
	accepted_by TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT card_batch_order UNIQUE (order_no),
	CONSTRAINT card_batch_file UNIQUE (maker, sequence)
)
 STRICT
-- next
CREATE TABLE cash_limit (
	role TEXT NOT NULL,
	float_limit INTEGER NOT NULL,
	expense_limit INTEGER NOT NULL,
	bank_limit INTEGER NOT NULL,
	difference_limit INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (role)
)
 STRICT
-- next
CREATE TABLE category (
	code TEXT NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	rank INTEGER NOT NULL,
	number_limit INTEGER NOT NULL,
	credit_limit INTEGER NOT NULL,
	deposit_waived INTEGER NOT NULL,
	key_account INTEGER NOT NULL,
	colour TEXT NOT NULL CHECK (colour IN ('', 'red', 'yellow', 'green', 'blue', 'violet')),
	benefits_zh TEXT NOT NULL,
	benefits_en TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
 STRICT
-- next
CREATE TABLE closing_report (
	outlet TEXT NOT NULL,
	kind TEXT NOT NULL,
	till TEXT NOT NULL,
	number INTEGER NOT NULL,
	business_date TEXT NOT NULL,
	operator TEXT NOT NULL,
	closed_at TEXT NOT NULL,
	taken INTEGER NOT NULL,
	difference INTEGER NOT NULL,
	content TEXT NOT NULL,
	digest TEXT NOT NULL,
	PRIMARY KEY (outlet, kind, till, number)
)
 STRICT
-- next
CREATE TABLE command_template (
	dialect TEXT NOT NULL,
	act TEXT NOT NULL,
	lines TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (dialect, act)
)
 STRICT
-- next
CREATE TABLE content (
	id TEXT NOT NULL,
	business TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('notice', 'prompt', 'script', 'clause')),
	position INTEGER NOT NULL,
	text_zh TEXT NOT NULL,
	text_en TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'expired')),
	valid_from TEXT NOT NULL,
	valid_to TEXT NOT NULL,
	author TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
 STRICT
-- next
CREATE TABLE control_item (
	run TEXT NOT NULL,
	position INTEGER NOT NULL,
	outlet TEXT NOT NULL,
	number TEXT NOT NULL,
	stage TEXT NOT NULL,
	act TEXT NOT NULL CHECK (act IN ('', 'resume', 'remind', 'call', 'stop_outgoing', 'stop_all', 'precancel', 'cancel')),
	at_stake INTEGER NOT NULL,
	spared TEXT NOT NULL,
	control_order TEXT NOT NULL,
	PRIMARY KEY (run, position)
)
 STRICT
-- next
CREATE TABLE control_order (
	id TEXT NOT NULL,
	run TEXT NOT NULL,
	outlet TEXT NOT NULL,
	subscription_id TEXT NOT NULL,
	number TEXT NOT NULL,
	stage TEXT NOT NULL,
	act TEXT NOT NULL CHECK (act IN ('resume', 'remind', 'call', 'stop_outgoing', 'stop_all', 'precancel', 'cancel')),
	at_stake INTEGER NOT NULL,
	occasion TEXT NOT NULL,
	made_on TEXT NOT NULL,
	any_time INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'undone')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
 STRICT
-- next
CREATE TABLE control_stage (
	code TEXT NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	pay_type TEXT NOT NULL CHECK (pay_type IN ('prepaid', 'postpaid')),
	rank INTEGER NOT NULL,
	act TEXT NOT NULL CHECK (act IN ('remind', 'call', 'stop_outgoing', 'stop_all', 'precancel', 'cancel')),
	conditions TEXT NOT NULL,
	text_zh TEXT NOT NULL,
	text_en TEXT NOT NULL,
	exempt TEXT NOT NULL,
	any_time INTEGER NOT NULL,
	valid_from TEXT NOT NULL,
	valid_to TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
 STRICT
-- next
CREATE TABLE credit_rating (
	code TEXT NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	credit_limit INTEGER NOT NULL,
	deposit_waived INTEGER NOT NULL,
	stars INTEGER NOT NULL,
	term_days INTEGER NOT NULL,
	by_score INTEGER NOT NULL,
	points_from INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
 STRICT
-- next
CREATE TABLE document_range (
	id TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('invoice', 'receipt', 'slip', 'contract')),
	code TEXT NOT NULL,
	first_number INTEGER NOT NULL,
	last_number INTEGER NOT NULL,
	next_number INTEGER NOT NULL,
	outlet TEXT NOT NULL,
	counter TEXT NOT NULL,
	lease_id TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'used_up', 'returned')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT document_range_start UNIQUE (kind, code, first_number)
)
 STRICT
-- next
CREATE TABLE document_receipt (
	id TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('invoice', 'receipt', 'slip', 'contract')),
	code TEXT NOT NULL,
	first_number INTEGER NOT NULL,
	last_number INTEGER NOT NULL,
	supplier TEXT NOT NULL,
	paper TEXT NOT NULL,
	received_by TEXT NOT NULL,
	business_date TEXT NOT NULL,
	made_at TEXT NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT document_receipt_start UNIQUE (kind, code, first_number)
)
 STRICT
-- next
CREATE TABLE draft (
	id TEXT NOT NULL,
	number INTEGER NOT NULL,
	code TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'held', 'completed', 'expired', 'abandoned')),
	values_json TEXT NOT NULL,
	trail_json TEXT NOT NULL,
	note TEXT NOT NULL,
	operator TEXT NOT NULL,
	counter TEXT NOT NULL,
	created_at TEXT NOT NULL,
	touched_at TEXT NOT NULL,
	expires_at TEXT NOT NULL,
	order_id TEXT,
	collection TEXT NOT NULL,
	tenders_json TEXT NOT NULL,
	invoicing_json TEXT NOT NULL,
	slip_json TEXT NOT NULL,
	answers_json TEXT NOT NULL,
	process_json TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
 STRICT
-- next
CREATE TABLE duty_conflict (
	holds TEXT NOT NULL,
	excludes TEXT NOT NULL,
	reason_zh TEXT NOT NULL,
	reason_en TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (holds, excludes)
)
 STRICT
-- next
CREATE TABLE edition (
	id TEXT NOT NULL,
	number INTEGER NOT NULL,
	subject TEXT NOT NULL,
	title TEXT NOT NULL,
	reason TEXT NOT NULL,
	scope TEXT NOT NULL,
	effective_from TEXT NOT NULL,
	author TEXT NOT NULL,
	made_at TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'approved', 'in_force', 'withdrawn', 'rejected', 'stale', 'failed')),
	content_hash TEXT NOT NULL,
	submitted_at TEXT NOT NULL,
	needs_two TEXT NOT NULL,
	first_approver TEXT NOT NULL,
	first_approved_at TEXT NOT NULL,
	first_for TEXT NOT NULL,
	decided_by TEXT NOT NULL,
	decided_for TEXT NOT NULL,
	decided_at TEXT NOT NULL,
	decision TEXT NOT NULL,
	counts_from TEXT NOT NULL,
	at_once INTEGER NOT NULL,
	in_force_at TEXT NOT NULL,
	fault TEXT NOT NULL,
	rolls_back TEXT NOT NULL,
	emergency INTEGER NOT NULL,
	review_by TEXT NOT NULL,
	reviewed_by TEXT NOT NULL,
	reviewed_at TEXT NOT NULL,
	review TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT edition_number UNIQUE (number)
)
 STRICT
-- next
CREATE TABLE enrolled_outlet (
	outlet TEXT NOT NULL,
	public_key TEXT NOT NULL,
	epoch INTEGER NOT NULL,
	next_seq INTEGER NOT NULL,
	head_hash TEXT NOT NULL,
	durable_seq INTEGER NOT NULL,
	feed_next INTEGER NOT NULL,
	stream_cursor INTEGER NOT NULL,
	stream_told INTEGER NOT NULL,
	stopped TEXT NOT NULL,
	last_contact TEXT NOT NULL,
	linked_at TEXT NOT NULL,
	away_since TEXT NOT NULL,
	away_until TEXT NOT NULL,
	closed_at TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (outlet)
)
 STRICT
-- next
CREATE TABLE enrolment_code (
	code_hash TEXT NOT NULL,
	outlet TEXT NOT NULL,
	made_by TEXT NOT NULL,
	expires_at TEXT NOT NULL,
	used_at TEXT NOT NULL,
	used_key TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (code_hash)
)
 STRICT
-- next
CREATE TABLE extra_field (
	business TEXT NOT NULL,
	code TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('text', 'number', 'amount', 'date', 'choice', 'flag')),
	label_zh TEXT NOT NULL,
	label_en TEXT NOT NULL,
	help_zh TEXT NOT NULL,
	help_en TEXT NOT NULL,
	choices TEXT NOT NULL,
	length INTEGER NOT NULL,
	required INTEGER NOT NULL,
	printed INTEGER NOT NULL,
	searched INTEGER NOT NULL,
	position INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
	valid_from TEXT NOT NULL,
	valid_to TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (business, code)
)
 STRICT
-- next
CREATE TABLE feed_item (
	outlet TEXT NOT NULL,
	number INTEGER NOT NULL,
	kind TEXT NOT NULL,
	kind_version INTEGER NOT NULL,
	scope TEXT NOT NULL,
	body TEXT NOT NULL,
	made_at TEXT NOT NULL,
	signature TEXT NOT NULL,
	enciphered TEXT NOT NULL,
	PRIMARY KEY (outlet, number)
)
 STRICT
-- next
CREATE TABLE figure (
	outlet TEXT NOT NULL,
	business_date TEXT NOT NULL,
	operator TEXT NOT NULL,
	business TEXT NOT NULL,
	measure TEXT NOT NULL,
	count INTEGER NOT NULL,
	amount INTEGER NOT NULL,
	PRIMARY KEY (outlet, business_date, operator, business, measure)
)
 STRICT
-- next
CREATE TABLE imsi_block (
	first TEXT NOT NULL,
	last TEXT NOT NULL,
	element TEXT NOT NULL,
	received_on TEXT NOT NULL,
	document_no TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (first)
)
 STRICT
-- next
CREATE TABLE imsi_reserve (
	imsi TEXT NOT NULL,
	iccid TEXT NOT NULL,
	ki TEXT NOT NULL,
	outlet TEXT NOT NULL,
	lease_id TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('free', 'used', 'void')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (imsi),
	UNIQUE (iccid)
)
 STRICT
-- next
CREATE TABLE interface (
	code TEXT NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('local', 'remote')),
	rule TEXT NOT NULL,
	reason_zh TEXT NOT NULL,
	reason_en TEXT NOT NULL,
	beside TEXT NOT NULL,
	address TEXT NOT NULL,
	path TEXT NOT NULL,
	method TEXT NOT NULL CHECK (method IN ('POST', 'GET')),
	sends TEXT NOT NULL,
	yes_when TEXT NOT NULL,
	override_when TEXT NOT NULL,
	reason_at TEXT NOT NULL,
	timeout_ms INTEGER NOT NULL,
	retries INTEGER NOT NULL,
	repeatable INTEGER NOT NULL,
	failures INTEGER NOT NULL,
	rest_seconds INTEGER NOT NULL,
	certificate TEXT NOT NULL,
	offline TEXT NOT NULL CHECK (offline IN ('yes', 'later', 'override', 'rule', 'no')),
	state TEXT NOT NULL CHECK (state IN ('active', 'off')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
 STRICT
-- next
CREATE TABLE job (
	id TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('import', 'export', 'run')),
	subject TEXT NOT NULL,
	entity TEXT NOT NULL,
	path TEXT NOT NULL,
	digest TEXT NOT NULL,
	how TEXT NOT NULL,
	said TEXT NOT NULL,
	done INTEGER NOT NULL,
	total INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('running', 'stopped', 'done', 'failed')),
	operator TEXT NOT NULL,
	started_at TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	fault TEXT NOT NULL,
	log TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
 STRICT
-- next
CREATE TABLE journal (
	outlet TEXT NOT NULL,
	epoch INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	kind TEXT NOT NULL,
	kind_version INTEGER NOT NULL,
	operator TEXT NOT NULL,
	counter TEXT NOT NULL,
	serial TEXT NOT NULL,
	business_date TEXT NOT NULL,
	made_at TEXT NOT NULL,
	body TEXT NOT NULL,
	prev_hash TEXT NOT NULL,
	hash TEXT NOT NULL,
	PRIMARY KEY (outlet, epoch, seq)
)
 STRICT
-- next
CREATE TABLE journal_head (
	outlet TEXT NOT NULL,
	epoch INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	hash TEXT NOT NULL,
	made_at TEXT NOT NULL,
	believed_at TEXT NOT NULL,
	acked_seq INTEGER NOT NULL,
	durable_seq INTEGER NOT NULL,
	feed_cursor INTEGER NOT NULL,
	stream_cursor INTEGER NOT NULL,
	attempts INTEGER NOT NULL,
	last_contact TEXT NOT NULL,
	last_fault TEXT NOT NULL,
	clock_offset_ms INTEGER NOT NULL,
	offset_vouched_ms INTEGER NOT NULL,
	stopped TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (outlet)
)
 STRICT
-- next
CREATE TABLE lease (
	id TEXT NOT NULL,
	kind TEXT NOT NULL,
	"of" TEXT NOT NULL,
	outlet TEXT NOT NULL,
	content TEXT NOT NULL,
	pieces INTEGER NOT NULL,
	handed_at TEXT NOT NULL,
	sell_until TEXT NOT NULL,
	reclaim_after TEXT NOT NULL,
	recalled_at TEXT NOT NULL,
	part_first TEXT NOT NULL,
	part_last TEXT NOT NULL,
	part_to TEXT NOT NULL,
	part_asked_at TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('handed', 'running', 'returned', 'reclaimed')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
 STRICT
-- next
CREATE TABLE ledger_account (
	code TEXT NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('asset', 'liability', 'income', 'expense')),
	per_till INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
 STRICT
-- next
CREATE TABLE listed_person (
	id TEXT NOT NULL,
	list TEXT NOT NULL CHECK (list IN ('black', 'red')),
	document_kind TEXT NOT NULL,
	document_number TEXT NOT NULL,
	name TEXT NOT NULL,
	reason TEXT NOT NULL,
	basis TEXT NOT NULL,
	source TEXT NOT NULL,
	valid_from TEXT NOT NULL,
	valid_to TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
 STRICT
-- next
CREATE TABLE logo (
	number INTEGER NOT NULL,
	kinds TEXT NOT NULL,
	picture BLOB NOT NULL,
	set_by TEXT NOT NULL,
	set_at TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (number)
)
 STRICT
-- next
CREATE TABLE logo_raster (
	number INTEGER NOT NULL,
	dots INTEGER NOT NULL,
	content BLOB NOT NULL,
	PRIMARY KEY (number, dots)
)
 STRICT
-- next
CREATE TABLE mobile_payment (
	order_no TEXT NOT NULL,
	outlet TEXT NOT NULL,
	counter TEXT NOT NULL,
	operator TEXT NOT NULL,
	business_date TEXT NOT NULL,
	kind TEXT NOT NULL,
	provider TEXT NOT NULL,
	amount INTEGER NOT NULL,
	draft_id TEXT NOT NULL,
	refund_of TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('asked', 'unknown', 'paid', 'closed', 'reversed', 'refunded')),
	booked INTEGER NOT NULL,
	dropped INTEGER NOT NULL,
	code_end TEXT NOT NULL,
	transaction_no TEXT NOT NULL,
	reason TEXT NOT NULL,
	asked_at TEXT NOT NULL,
	settled_at TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (order_no)
)
 STRICT
-- next
CREATE TABLE network_batch (
	id TEXT NOT NULL,
	element TEXT NOT NULL,
	sequence INTEGER NOT NULL,
	epoch INTEGER NOT NULL,
	dialect TEXT NOT NULL,
	file_name TEXT NOT NULL,
	created_at TEXT NOT NULL,
	commands INTEGER NOT NULL,
	sha256 TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('built', 'published', 'partial', 'answered')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT network_batch_sequence UNIQUE (element, sequence)
)
 STRICT
-- next
CREATE TABLE network_command (
	command_key TEXT NOT NULL,
	work_order_id TEXT NOT NULL,
	order_epoch INTEGER NOT NULL,
	order_seq INTEGER NOT NULL,
	own INTEGER NOT NULL,
	element TEXT NOT NULL,
	subscriber TEXT NOT NULL,
	chain TEXT NOT NULL,
	position INTEGER NOT NULL,
	number INTEGER NOT NULL,
	step INTEGER NOT NULL,
	command TEXT NOT NULL,
	purpose TEXT NOT NULL CHECK (purpose IN ('act', 'undo', 'query')),
	undo TEXT NOT NULL,
	wants TEXT NOT NULL,
	limit_minutes INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'answered', 'failed', 'unknown', 'cancelled')),
	batch_id TEXT,
	attempts INTEGER NOT NULL,
	doubtful INTEGER NOT NULL,
	not_before TEXT NOT NULL,
	answer_code TEXT NOT NULL,
	answer_meaning TEXT NOT NULL,
	answer_retry INTEGER NOT NULL,
	answer_text TEXT NOT NULL,
	answer_record TEXT NOT NULL,
	queued_at TEXT NOT NULL,
	sent_at TEXT NOT NULL,
	due_at TEXT NOT NULL,
	answered_at TEXT NOT NULL,
	news INTEGER NOT NULL,
	closed INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (command_key)
)
 STRICT
-- next
CREATE TABLE network_element (
	code TEXT NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	dialect TEXT NOT NULL,
	gateway TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'stopped')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
 STRICT
-- next
CREATE TABLE number_grade (
	code TEXT NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	fee INTEGER NOT NULL,
	minimum_spend INTEGER NOT NULL,
	contract_months INTEGER NOT NULL,
	transfer_ban_months INTEGER NOT NULL,
	quarantine_days INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
 STRICT
-- next
CREATE TABLE number_group (
	code TEXT NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	region TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
 STRICT
-- next
CREATE TABLE number_lock (
	number TEXT NOT NULL,
	cause TEXT NOT NULL CHECK (cause IN ('porting', 'ported', 'court', 'dispute')),
	reason TEXT NOT NULL,
	valid_from TEXT NOT NULL,
	valid_to TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (number)
)
 STRICT
-- next
CREATE TABLE number_move (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('invoice', 'receipt', 'slip', 'contract')),
	code TEXT NOT NULL,
	first_number INTEGER NOT NULL,
	last_number INTEGER NOT NULL,
	act TEXT NOT NULL CHECK (act IN ('issued', 'seen', 'void', 'anew', 'returned')),
	counter TEXT NOT NULL,
	to_counter TEXT NOT NULL,
	operator TEXT NOT NULL,
	approved_by TEXT NOT NULL,
	reason TEXT NOT NULL,
	business_date TEXT NOT NULL,
	made_at TEXT NOT NULL,
	PRIMARY KEY (id)
)
 STRICT
-- next
CREATE TABLE number_segment (
	prefix TEXT NOT NULL,
	first TEXT NOT NULL,
	last TEXT NOT NULL,
	region TEXT NOT NULL,
	element TEXT NOT NULL,
	number_group TEXT NOT NULL,
	received_on TEXT NOT NULL,
	document_no TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (prefix)
)
 STRICT
-- next
CREATE TABLE operator_standing (
	outlet TEXT NOT NULL,
	staff_no TEXT NOT NULL,
	failed INTEGER NOT NULL,
	against TEXT NOT NULL,
	failed_at TEXT NOT NULL,
	failed_since INTEGER NOT NULL,
	last_at TEXT NOT NULL,
	last_counter TEXT NOT NULL,
	challenge TEXT NOT NULL,
	challenge_at TEXT NOT NULL,
	language TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (outlet, staff_no)
)
 STRICT
-- next
CREATE TABLE outlet (
	code TEXT NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	province TEXT NOT NULL,
	region TEXT NOT NULL,
	channel TEXT NOT NULL CHECK (channel IN ('own', 'agent')),
	partner TEXT,
	state TEXT NOT NULL CHECK (state IN ('active', 'closed')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
 STRICT
-- next
CREATE TABLE paper_layout (
	id TEXT NOT NULL,
	kind TEXT NOT NULL,
	language TEXT NOT NULL CHECK (language IN ('both', 'zh_CN', 'en')),
	layout TEXT NOT NULL,
	valid_from TEXT NOT NULL,
	valid_to TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
 STRICT
-- next
CREATE TABLE parameter (
	name TEXT NOT NULL,
	business TEXT NOT NULL,
	value INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (name, business)
)
 STRICT
-- next
CREATE TABLE partner (
	code TEXT NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('channel', 'provider', 'information')),
	rate INTEGER NOT NULL,
	opening_commission INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
 STRICT
-- next
CREATE TABLE piece_scan (
	count_id TEXT NOT NULL,
	piece TEXT NOT NULL,
	scanned_by TEXT NOT NULL,
	scanned_at TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (count_id, piece)
)
 STRICT
-- next
CREATE TABLE print_job (
	id TEXT NOT NULL,
	document_id TEXT NOT NULL,
	order_id TEXT NOT NULL,
	printer TEXT NOT NULL,
	meant_for TEXT NOT NULL,
	title TEXT NOT NULL,
	content BLOB NOT NULL,
	preview TEXT NOT NULL,
	source TEXT NOT NULL,
	copy_number INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'acknowledged', 'unconfirmed', 'refused', 'unknown', 'cancelled')),
	reason TEXT NOT NULL,
	sender TEXT NOT NULL,
	leased_until TEXT NOT NULL,
	attempts INTEGER NOT NULL,
	not_before TEXT NOT NULL,
	rank INTEGER NOT NULL,
	operator TEXT NOT NULL,
	queued_at TEXT NOT NULL,
	ended_at TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
 STRICT
-- next
CREATE TABLE printer (
	code TEXT NOT NULL,
	address TEXT NOT NULL,
	profile TEXT NOT NULL,
	kinds TEXT NOT NULL,
	stand_in TEXT NOT NULL,
	fail_over TEXT NOT NULL CHECK (fail_over IN ('never', 'ask', 'self')),
	state TEXT NOT NULL CHECK (state IN ('active', 'off', 'removed')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
 STRICT
-- next
CREATE TABLE printer_roll (
	printer TEXT NOT NULL,
	near_end_since TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (printer)
)
 STRICT
-- next
CREATE TABLE printer_route (
	counter TEXT NOT NULL,
	kind TEXT NOT NULL,
	printer TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (counter, kind)
)
 STRICT
-- next
CREATE TABLE process (
	business TEXT NOT NULL,
	number TEXT NOT NULL,
	steps TEXT NOT NULL,
	draft_minutes INTEGER NOT NULL,
	network_minutes INTEGER NOT NULL,
	limits TEXT NOT NULL,
	approvals TEXT NOT NULL,
	copies TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (business),
	CONSTRAINT process_revision UNIQUE (business, revision)
)
 STRICT
-- next
CREATE TABLE product (
	code TEXT NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('plan', 'service', 'goods')),
	pay_type TEXT NOT NULL CHECK (pay_type IN ('postpaid', 'prepaid', 'any')),
	state TEXT NOT NULL CHECK (state IN ('draft', 'active', 'retired')),
	summary_zh TEXT NOT NULL,
	summary_en TEXT NOT NULL,
	sim_kinds TEXT NOT NULL,
	categories TEXT NOT NULL,
	outlets TEXT NOT NULL,
	minimum_age INTEGER NOT NULL,
	valid_from TEXT NOT NULL,
	valid_to TEXT NOT NULL,
	network_act TEXT NOT NULL,
	partner TEXT,
	contract_months INTEGER NOT NULL,
	penalty_percent INTEGER NOT NULL,
	rank INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
 STRICT
-- next
CREATE TABLE public_holiday (
	day TEXT NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (day)
)
 STRICT
-- next
CREATE TABLE published_line (
	number INTEGER NOT NULL,
	position INTEGER NOT NULL,
	table_name TEXT NOT NULL,
	row_key TEXT NOT NULL,
	op TEXT NOT NULL CHECK (op IN ('add', 'change', 'end', 'undo')),
	content TEXT NOT NULL,
	effective_from TEXT NOT NULL,
	at_once INTEGER NOT NULL,
	scope TEXT NOT NULL,
	PRIMARY KEY (number, position)
)
 STRICT
-- next
CREATE TABLE rating_score (
	code TEXT NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	measure TEXT NOT NULL CHECK (measure IN ('tenure', 'spend', 'overdue')),
	at_least INTEGER NOT NULL,
	points INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
 STRICT
-- next
CREATE TABLE reservation (
	id TEXT NOT NULL,
	kind TEXT NOT NULL,
	resource TEXT NOT NULL,
	draft_id TEXT NOT NULL,
	until TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'used', 'released', 'expired')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
 STRICT
-- next
CREATE TABLE reservation_limit (
	kind TEXT NOT NULL,
	minutes INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (kind)
)
 STRICT
-- next
CREATE TABLE role (
	code TEXT NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	grade TEXT NOT NULL CHECK (grade IN ('clerk', 'supervisor', 'manager')),
	weekdays TEXT NOT NULL,
	from_time TEXT NOT NULL,
	to_time TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'closed')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
 STRICT
-- next
CREATE TABLE role_right (
	role TEXT NOT NULL,
	business TEXT NOT NULL,
	amount_limit INTEGER NOT NULL,
	refund_limit INTEGER NOT NULL,
	refund_day_limit INTEGER NOT NULL,
	approval TEXT NOT NULL CHECK (approval IN ('alone', 'supervised')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (role, business)
)
 STRICT
-- next
CREATE TABLE sequence (
	name TEXT NOT NULL,
	value INTEGER NOT NULL,
	PRIMARY KEY (name)
)
 STRICT
-- next
CREATE TABLE setting (
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (name)
)
 STRICT
-- next
CREATE TABLE sim_batch (
	id TEXT NOT NULL,
	order_no TEXT NOT NULL,
	quantity INTEGER NOT NULL,
	kind TEXT NOT NULL,
	profile TEXT NOT NULL,
	first_iccid TEXT NOT NULL,
	first_imsi TEXT NOT NULL,
	key_index TEXT NOT NULL,
	element TEXT NOT NULL,
	preloaded_at TEXT NOT NULL,
	preloaded_by TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT sim_batch_order UNIQUE (order_no)
)
 STRICT
-- next
CREATE TABLE sim_card (
	iccid TEXT NOT NULL,
	imsi TEXT NOT NULL,
	kind TEXT NOT NULL,
	ki TEXT NOT NULL,
	puk TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('in_stock', 'in_transit', 'sold', 'in_use', 'void')),
	outlet TEXT NOT NULL,
	lease_id TEXT NOT NULL,
	subscription_id TEXT,
	batch_id TEXT NOT NULL,
	key_index TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (iccid),
	UNIQUE (imsi)
)
 STRICT
-- next
CREATE TABLE sim_kind (
	code TEXT NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	memory_kb INTEGER NOT NULL,
	maker TEXT NOT NULL,
	profile TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code)
)
 STRICT
-- next
CREATE TABLE sms_file (
	sequence INTEGER NOT NULL,
	messages INTEGER NOT NULL,
	digest TEXT NOT NULL,
	made_at TEXT NOT NULL,
	written INTEGER NOT NULL,
	reports INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (sequence)
)
 STRICT
-- next
CREATE TABLE sms_message (
	id TEXT NOT NULL,
	about TEXT NOT NULL,
	number TEXT NOT NULL,
	body TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'delivered', 'failed')),
	file INTEGER NOT NULL,
	code TEXT NOT NULL,
	queued_at TEXT NOT NULL,
	sent_at TEXT NOT NULL,
	reported_at TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (about)
)
 STRICT
-- next
CREATE TABLE stock_batch (
	id TEXT NOT NULL,
	kind TEXT NOT NULL,
	how TEXT NOT NULL CHECK (how IN ('file', 'made')),
	name TEXT NOT NULL,
	digest TEXT NOT NULL,
	pieces INTEGER NOT NULL,
	operator TEXT NOT NULL,
	business_date TEXT NOT NULL,
	made_at TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
 STRICT
-- next
CREATE TABLE stock_count (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	number INTEGER NOT NULL,
	business_date TEXT NOT NULL,
	reason TEXT NOT NULL,
	counted_by TEXT NOT NULL,
	approved_by TEXT NOT NULL,
	made_at TEXT NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT stock_count_number UNIQUE (outlet, number)
)
 STRICT
-- next
CREATE TABLE stock_event (
	id TEXT NOT NULL,
	kind TEXT NOT NULL,
	piece TEXT NOT NULL,
	act TEXT NOT NULL,
	"before" TEXT NOT NULL,
	"after" TEXT NOT NULL,
	reason TEXT NOT NULL,
	operator TEXT NOT NULL,
	business_date TEXT NOT NULL,
	made_at TEXT NOT NULL,
	PRIMARY KEY (id)
)
 STRICT
-- next
CREATE TABLE sync_exception (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	epoch INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	reason TEXT NOT NULL,
	detail TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'noted', 'resolved')),
	held INTEGER NOT NULL,
	decision TEXT NOT NULL,
	decided_by TEXT NOT NULL,
	decided_at TEXT NOT NULL,
	resolution TEXT NOT NULL,
	raised_at TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id)
)
 STRICT
-- next
CREATE TABLE tax_rate (
	category TEXT NOT NULL,
	valid_from TEXT NOT NULL,
	rate INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (category, valid_from)
)
 STRICT
-- next
CREATE TABLE transfer_note (
	id TEXT NOT NULL,
	number INTEGER NOT NULL,
	kind TEXT NOT NULL,
	"of" TEXT NOT NULL,
	sender TEXT NOT NULL,
	receiver TEXT NOT NULL,
	pieces INTEGER NOT NULL,
	from_lease TEXT NOT NULL,
	lease_id TEXT NOT NULL,
	reason TEXT NOT NULL,
	outcome TEXT NOT NULL CHECK (outcome IN ('', 'returned', 'lost')),
	state TEXT NOT NULL CHECK (state IN ('draft', 'sent', 'received', 'differs', 'resolved', 'cancelled')),
	missing INTEGER NOT NULL,
	made_by TEXT NOT NULL,
	made_at TEXT NOT NULL,
	sent_at TEXT NOT NULL,
	received_at TEXT NOT NULL,
	settled_by TEXT NOT NULL,
	words TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT transfer_note_number UNIQUE (number)
)
 STRICT
-- next
CREATE TABLE transport_key (
	key_index TEXT NOT NULL,
	check_value TEXT NOT NULL,
	maker TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
	kept_by TEXT NOT NULL,
	approved_by TEXT NOT NULL,
	made_at TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (key_index)
)
 STRICT
-- next
CREATE TABLE tries (
	outlet TEXT NOT NULL,
	subject TEXT NOT NULL,
	tries INTEGER NOT NULL,
	last_at TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (outlet, subject)
)
 STRICT
-- next
CREATE TABLE waiting_item (
	outlet TEXT NOT NULL,
	number INTEGER NOT NULL,
	why TEXT NOT NULL CHECK (why IN ('update', 'rest', 'fault')),
	due TEXT NOT NULL,
	detail TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('waiting', 'applied')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (outlet, number)
)
 STRICT
-- next
CREATE TABLE work_step (
	id TEXT NOT NULL,
	work_order_id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	at TEXT NOT NULL,
	act TEXT NOT NULL CHECK (act IN ('taken', 'handed', 'held', 'resumed', 'done', 'given_up')),
	operator TEXT NOT NULL,
	"to" TEXT NOT NULL,
	words TEXT NOT NULL,
	until TEXT NOT NULL,
	PRIMARY KEY (id)
)
 STRICT
-- next
CREATE TABLE business_interface (
	business TEXT NOT NULL,
	interface TEXT NOT NULL,
	position INTEGER NOT NULL,
	on_no TEXT NOT NULL CHECK (on_no IN ('no', 'override')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (business, interface),
	FOREIGN KEY(interface) REFERENCES interface (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE charge_item (
	code TEXT NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	fee_kind INTEGER NOT NULL,
	ledger_account TEXT NOT NULL,
	tax_category TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code),
	FOREIGN KEY(ledger_account) REFERENCES ledger_account (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE class_rule (
	code TEXT NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	category TEXT NOT NULL,
	rank INTEGER NOT NULL,
	conditions TEXT NOT NULL,
	valid_from TEXT NOT NULL,
	valid_to TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code),
	FOREIGN KEY(category) REFERENCES category (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE counter (
	code TEXT NOT NULL,
	outlet TEXT NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	printer TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'closed')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code),
	FOREIGN KEY(outlet) REFERENCES outlet (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE document_kind (
	code TEXT NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	holder TEXT NOT NULL CHECK (holder IN ('individual', 'organization')),
	rule TEXT NOT NULL,
	category TEXT NOT NULL,
	minors_only INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code),
	FOREIGN KEY(category) REFERENCES category (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE edition_line (
	edition TEXT NOT NULL,
	position INTEGER NOT NULL,
	subject TEXT NOT NULL,
	table_name TEXT NOT NULL,
	row_key TEXT NOT NULL,
	op TEXT NOT NULL CHECK (op IN ('add', 'change', 'end')),
	"before" TEXT NOT NULL,
	"after" TEXT NOT NULL,
	dropped INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (edition, position),
	FOREIGN KEY(edition) REFERENCES edition (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE handset_bundle (
	code TEXT NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	model TEXT NOT NULL,
	plans TEXT NOT NULL,
	price INTEGER NOT NULL,
	prepay INTEGER NOT NULL,
	months INTEGER NOT NULL,
	penalty_percent INTEGER NOT NULL,
	valid_from TEXT NOT NULL,
	valid_to TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (code),
	FOREIGN KEY(model) REFERENCES product (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE list_file (
	id TEXT NOT NULL,
	source TEXT NOT NULL,
	list TEXT NOT NULL CHECK (list IN ('black', 'red')),
	sequence INTEGER NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('full', 'delta')),
	rows INTEGER NOT NULL,
	digest TEXT NOT NULL,
	edition TEXT NOT NULL,
	operator TEXT NOT NULL,
	taken_at TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(edition) REFERENCES edition (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE number_pattern (
	code TEXT NOT NULL,
	rank INTEGER NOT NULL,
	grade TEXT NOT NULL,
	pattern TEXT NOT NULL,
	forbids_four INTEGER NOT NULL,
	must_contain TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code),
	FOREIGN KEY(grade) REFERENCES number_grade (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE operator (
	staff_no TEXT NOT NULL,
	outlet TEXT NOT NULL,
	name TEXT NOT NULL,
	birth_date TEXT NOT NULL,
	role TEXT NOT NULL,
	password_hash TEXT NOT NULL,
	password_use TEXT NOT NULL CHECK (password_use IN ('initial', 'lasting')),
	language TEXT NOT NULL,
	confirmed_on TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'locked', 'left')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (staff_no),
	FOREIGN KEY(outlet) REFERENCES outlet (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE phone_number (
	number TEXT NOT NULL,
	segment TEXT NOT NULL,
	grade TEXT NOT NULL,
	tail TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('idle', 'sold', 'in_use', 'quarantined', 'ported', 'withdrawn')),
	outlet TEXT NOT NULL,
	lease_id TEXT NOT NULL,
	subscription_id TEXT,
	quarantine_until TEXT NOT NULL,
	batch_id TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (number),
	FOREIGN KEY(segment) REFERENCES number_segment (prefix) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(grade) REFERENCES number_grade (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE piece_count (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	kind TEXT NOT NULL,
	business_date TEXT NOT NULL,
	expected TEXT NOT NULL,
	started_by TEXT NOT NULL,
	started_at TEXT NOT NULL,
	count_id TEXT,
	reason TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'given_up')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(count_id) REFERENCES stock_count (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE plan_rate (
	"plan" TEXT NOT NULL,
	kind TEXT NOT NULL,
	included INTEGER NOT NULL,
	unit INTEGER NOT NULL,
	price INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY ("plan", kind),
	FOREIGN KEY("plan") REFERENCES product (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE product_relation (
	product TEXT NOT NULL,
	other TEXT NOT NULL,
	relation TEXT NOT NULL CHECK (relation IN ('contains', 'needs', 'excludes')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (product, other),
	FOREIGN KEY(product) REFERENCES product (code) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(other) REFERENCES product (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE provider_service (
	code TEXT NOT NULL,
	partner TEXT NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	fee INTEGER NOT NULL,
	rhythm TEXT NOT NULL CHECK (rhythm IN ('month', 'piece')),
	state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (code),
	FOREIGN KEY(partner) REFERENCES partner (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE publication (
	number INTEGER NOT NULL,
	edition TEXT NOT NULL,
	what TEXT NOT NULL CHECK (what IN ('lines', 'taken_back')),
	published_at TEXT NOT NULL,
	PRIMARY KEY (number),
	FOREIGN KEY(edition) REFERENCES edition (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE running_total (
	outlet TEXT NOT NULL,
	business_date TEXT NOT NULL,
	till TEXT NOT NULL,
	account TEXT NOT NULL,
	amount INTEGER NOT NULL,
	postings INTEGER NOT NULL,
	PRIMARY KEY (outlet, business_date, till, account),
	FOREIGN KEY(account) REFERENCES ledger_account (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE stock_piece (
	count_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	"of" TEXT NOT NULL,
	expected INTEGER NOT NULL,
	counted INTEGER NOT NULL,
	PRIMARY KEY (count_id, kind, "of"),
	FOREIGN KEY(count_id) REFERENCES stock_count (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE tender_kind (
	code TEXT NOT NULL,
	position INTEGER NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	account TEXT NOT NULL,
	reference INTEGER NOT NULL,
	drawer INTEGER NOT NULL,
	refunds INTEGER NOT NULL,
	offline INTEGER NOT NULL,
	provider TEXT NOT NULL,
	clears INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (code),
	CONSTRAINT tender_kind_account UNIQUE (account),
	FOREIGN KEY(account) REFERENCES ledger_account (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE transfer_count (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	note_id TEXT NOT NULL,
	end_of TEXT NOT NULL CHECK (end_of IN ('sent', 'received')),
	pieces INTEGER NOT NULL,
	listed TEXT NOT NULL,
	reason TEXT NOT NULL,
	counted_by TEXT NOT NULL,
	approved_by TEXT NOT NULL,
	business_date TEXT NOT NULL,
	made_at TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(note_id) REFERENCES transfer_note (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE transfer_piece (
	note_id TEXT NOT NULL,
	piece TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('in_transit', 'received', 'missing', 'returned', 'lost')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (note_id, piece),
	FOREIGN KEY(note_id) REFERENCES transfer_note (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE authority (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	number INTEGER NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('grant', 'code')),
	supervisor TEXT NOT NULL,
	operator TEXT NOT NULL,
	business TEXT NOT NULL,
	amount_limit INTEGER NOT NULL,
	uses_left INTEGER NOT NULL,
	secret_hash TEXT NOT NULL,
	made_at TEXT NOT NULL,
	valid_until TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'used_up', 'withdrawn')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT authority_number UNIQUE (outlet, number),
	FOREIGN KEY(supervisor) REFERENCES operator (staff_no) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE credit_exemption (
	id TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('red_list', 'key_account', 'disputed', 'instalment', 'roaming', 'emergency')),
	document_kind TEXT NOT NULL,
	document_number TEXT NOT NULL,
	number TEXT NOT NULL,
	month TEXT NOT NULL,
	amount INTEGER NOT NULL,
	person TEXT NOT NULL,
	reason TEXT NOT NULL,
	valid_from TEXT NOT NULL,
	valid_to TEXT NOT NULL,
	outlet TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(document_kind) REFERENCES document_kind (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE credit_raise (
	document_kind TEXT NOT NULL,
	document_number TEXT NOT NULL,
	credit_limit INTEGER NOT NULL,
	valid_from TEXT NOT NULL,
	valid_to TEXT NOT NULL,
	reason TEXT NOT NULL,
	outlet TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (document_kind, document_number),
	FOREIGN KEY(document_kind) REFERENCES document_kind (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE customer (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	holder TEXT NOT NULL CHECK (holder IN ('individual', 'organization')),
	name TEXT NOT NULL,
	name_key TEXT NOT NULL,
	pinyin TEXT NOT NULL,
	initials TEXT NOT NULL,
	document_kind TEXT NOT NULL,
	document_number TEXT NOT NULL,
	document_expires TEXT NOT NULL,
	birth_date TEXT NOT NULL,
	gender TEXT NOT NULL CHECK (gender IN ('', 'male', 'female')),
	address TEXT NOT NULL,
	contact_phone TEXT NOT NULL,
	email TEXT NOT NULL,
	postcode TEXT NOT NULL,
	bill_medium TEXT NOT NULL CHECK (bill_medium IN ('none', 'post', 'email', 'message')),
	category TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('initialized', 'validated', 'closed')),
	created_at TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT customer_document UNIQUE (document_kind, document_number),
	FOREIGN KEY(document_kind) REFERENCES document_kind (code) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(category) REFERENCES category (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE customer_class (
	document_kind TEXT NOT NULL,
	document_number TEXT NOT NULL,
	outlet TEXT NOT NULL,
	category TEXT NOT NULL,
	how TEXT NOT NULL CHECK (how IN ('rule', 'hand')),
	rule TEXT NOT NULL,
	reason TEXT NOT NULL,
	valid_to TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (document_kind, document_number),
	FOREIGN KEY(document_kind) REFERENCES document_kind (code) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(category) REFERENCES category (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE customer_rating (
	document_kind TEXT NOT NULL,
	document_number TEXT NOT NULL,
	rating TEXT NOT NULL,
	how TEXT NOT NULL CHECK (how IN ('score', 'hand')),
	points INTEGER NOT NULL,
	credit_limit INTEGER NOT NULL,
	reason TEXT NOT NULL,
	valid_to TEXT NOT NULL,
	outlet TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (document_kind, document_number),
	FOREIGN KEY(document_kind) REFERENCES document_kind (code) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(rating) REFERENCES credit_rating (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE delegation (
	outlet TEXT NOT NULL,
	number INTEGER NOT NULL,
	giver TEXT NOT NULL,
	taker TEXT NOT NULL,
	"right" TEXT NOT NULL,
	since TEXT NOT NULL,
	until TEXT NOT NULL,
	reason TEXT NOT NULL,
	made_at TEXT NOT NULL,
	withdrawn_on TEXT NOT NULL,
	withdrawn_by TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (outlet, number),
	FOREIGN KEY(giver) REFERENCES operator (staff_no) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(taker) REFERENCES operator (staff_no) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE operator_password (
	outlet TEXT NOT NULL,
	staff_no TEXT NOT NULL,
	number INTEGER NOT NULL,
	password_hash TEXT NOT NULL,
	replaces TEXT NOT NULL,
	made_at TEXT NOT NULL,
	PRIMARY KEY (outlet, staff_no, number),
	FOREIGN KEY(staff_no) REFERENCES operator (staff_no) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE piece_difference (
	count_id TEXT NOT NULL,
	piece TEXT NOT NULL,
	verdict TEXT NOT NULL CHECK (verdict IN ('missing', 'found', 'extra', 'wrong_place', 'wrong_state', 'left', 'came')),
	detail TEXT NOT NULL,
	PRIMARY KEY (count_id, piece),
	FOREIGN KEY(count_id) REFERENCES piece_count (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE price_rule (
	id TEXT NOT NULL,
	item TEXT NOT NULL,
	business TEXT NOT NULL,
	product TEXT NOT NULL,
	category TEXT NOT NULL,
	outlet TEXT NOT NULL,
	region TEXT NOT NULL,
	valid_from TEXT NOT NULL,
	valid_to TEXT NOT NULL,
	weekdays TEXT NOT NULL,
	from_time TEXT NOT NULL,
	to_time TEXT NOT NULL,
	amount INTEGER NOT NULL,
	percent INTEGER NOT NULL,
	monthly INTEGER NOT NULL,
	name_zh TEXT NOT NULL,
	name_en TEXT NOT NULL,
	rank INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(item) REFERENCES charge_item (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE shift (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	till TEXT NOT NULL,
	operator TEXT NOT NULL,
	business_date TEXT NOT NULL,
	opened_at TEXT NOT NULL,
	float_amount INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'suspended', 'closed')),
	taken_from TEXT,
	closed_at TEXT NOT NULL,
	closed_by TEXT NOT NULL,
	z_number INTEGER,
	expected_cash INTEGER NOT NULL,
	counted_cash INTEGER NOT NULL,
	difference INTEGER NOT NULL,
	reason TEXT NOT NULL,
	approved_by TEXT NOT NULL,
	journal_end TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT shift_z UNIQUE (till, z_number),
	FOREIGN KEY(till) REFERENCES counter (code) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(operator) REFERENCES operator (staff_no) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(taken_from) REFERENCES shift (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE billing_account (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	number TEXT NOT NULL,
	customer_id TEXT NOT NULL,
	pay_type TEXT NOT NULL CHECK (pay_type IN ('prepaid', 'postpaid')),
	pay_method TEXT NOT NULL CHECK (pay_method IN ('cash', 'bank_debit')),
	bank TEXT NOT NULL,
	bank_account TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'closed')),
	opened_at TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (number),
	FOREIGN KEY(customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE customer_credit (
	customer_id TEXT NOT NULL,
	rating TEXT NOT NULL,
	credit_limit INTEGER NOT NULL,
	used INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (customer_id),
	FOREIGN KEY(customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(rating) REFERENCES credit_rating (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE drawer_move (
	id TEXT NOT NULL,
	shift_id TEXT NOT NULL,
	act TEXT NOT NULL CHECK (act IN ('suspended', 'resumed')),
	till TEXT NOT NULL,
	operator TEXT NOT NULL,
	approved_by TEXT NOT NULL,
	reason TEXT NOT NULL,
	made_at TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(shift_id) REFERENCES shift (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE loyalty_account (
	customer_id TEXT NOT NULL,
	points INTEGER NOT NULL,
	tenure_from TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (customer_id),
	FOREIGN KEY(customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE operator_grant (
	id TEXT NOT NULL,
	draft_id TEXT NOT NULL,
	rule TEXT NOT NULL,
	supervisor TEXT NOT NULL,
	on_behalf_of TEXT NOT NULL,
	shown TEXT NOT NULL,
	paid_out TEXT NOT NULL,
	authority TEXT,
	granted_at TEXT NOT NULL,
	expires_at TEXT NOT NULL,
	used_order TEXT,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(supervisor) REFERENCES operator (staff_no) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(authority) REFERENCES authority (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE shift_count (
	shift_id TEXT NOT NULL,
	denomination INTEGER NOT NULL,
	pieces INTEGER NOT NULL,
	PRIMARY KEY (shift_id, denomination),
	FOREIGN KEY(shift_id) REFERENCES shift (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE shift_tender (
	shift_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	slips INTEGER NOT NULL,
	amount INTEGER NOT NULL,
	missing INTEGER NOT NULL,
	missing_amount INTEGER NOT NULL,
	"references" TEXT NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (shift_id, kind),
	FOREIGN KEY(shift_id) REFERENCES shift (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE balance_bucket (
	id TEXT NOT NULL,
	account_id TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('prepaid', 'deposit', 'gift')),
	amount INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT balance_bucket_kind UNIQUE (account_id, kind),
	FOREIGN KEY(account_id) REFERENCES billing_account (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE subscription (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	customer_id TEXT NOT NULL,
	account_id TEXT NOT NULL,
	number TEXT NOT NULL,
	tail TEXT NOT NULL,
	iccid TEXT NOT NULL,
	imsi TEXT NOT NULL,
	"plan" TEXT NOT NULL,
	pay_type TEXT NOT NULL CHECK (pay_type IN ('prepaid', 'postpaid')),
	long_distance TEXT NOT NULL CHECK (long_distance IN ('none', 'domestic', 'international')),
	roaming TEXT NOT NULL CHECK (roaming IN ('none', 'province', 'national', 'international')),
	minimum_spend INTEGER NOT NULL,
	password_hash TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('pendingActive', 'active', 'suspended', 'pendingTerminate', 'terminated', 'cancelled')),
	opened_on TEXT NOT NULL,
	activated_at TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(account_id) REFERENCES billing_account (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(iccid) REFERENCES sim_card (iccid) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY("plan") REFERENCES product (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE charge_schedule (
	id TEXT NOT NULL,
	subscription_id TEXT NOT NULL,
	item TEXT NOT NULL,
	product TEXT NOT NULL,
	amount INTEGER NOT NULL,
	starts_on TEXT NOT NULL,
	ends_on TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(item) REFERENCES charge_item (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE number_porting (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	number TEXT NOT NULL,
	subscription_id TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('authorised', 'refused', 'lapsed', 'left', 'returned')),
	code TEXT NOT NULL,
	until TEXT NOT NULL,
	reason TEXT NOT NULL,
	left_on TEXT NOT NULL,
	back_on TEXT NOT NULL,
	operator TEXT NOT NULL,
	business_date TEXT NOT NULL,
	made_at TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE password_tries (
	subscription_id TEXT NOT NULL,
	business_date TEXT NOT NULL,
	tries INTEGER NOT NULL,
	PRIMARY KEY (subscription_id, business_date),
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE product_order (
	id TEXT NOT NULL,
	serial TEXT NOT NULL,
	outlet TEXT NOT NULL,
	counter TEXT NOT NULL,
	operator TEXT NOT NULL,
	business TEXT NOT NULL,
	business_date TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('acknowledged', 'inProgress', 'held', 'pending', 'completed', 'cancelled', 'failed', 'partial', 'rejected')),
	draft_id TEXT NOT NULL,
	customer_id TEXT,
	subscription_id TEXT,
	amount INTEGER NOT NULL,
	form_json TEXT NOT NULL,
	created_at TEXT NOT NULL,
	completed_at TEXT NOT NULL,
	reverses TEXT,
	approved_by TEXT NOT NULL,
	touches TEXT NOT NULL,
	collection TEXT NOT NULL,
	hand_slip TEXT NOT NULL,
	process_version INTEGER NOT NULL,
	limits TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (serial),
	UNIQUE (draft_id),
	FOREIGN KEY(customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(reverses) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE service_parameter (
	subscription_id TEXT NOT NULL,
	service TEXT NOT NULL,
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (subscription_id, service, name),
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE subscription_product (
	subscription_id TEXT NOT NULL,
	product TEXT NOT NULL,
	valid_from TEXT NOT NULL,
	valid_to TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (subscription_id, product),
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(product) REFERENCES product (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE usage_month (
	subscription_id TEXT NOT NULL,
	month TEXT NOT NULL,
	kind TEXT NOT NULL,
	quantity INTEGER NOT NULL,
	amount INTEGER NOT NULL,
	PRIMARY KEY (subscription_id, month, kind),
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE agreement (
	id TEXT NOT NULL,
	customer_id TEXT NOT NULL,
	subscription_id TEXT NOT NULL,
	order_id TEXT,
	kind TEXT NOT NULL CHECK (kind IN ('handset', 'plan', 'number')),
	product TEXT NOT NULL,
	starts_on TEXT NOT NULL,
	ends_on TEXT NOT NULL,
	months INTEGER NOT NULL,
	value INTEGER NOT NULL,
	penalty_percent INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'ended', 'terminated')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE balance_hold (
	id TEXT NOT NULL,
	bucket_id TEXT NOT NULL,
	subscription_id TEXT NOT NULL,
	service TEXT NOT NULL CHECK (service IN ('long_distance', 'roaming')),
	amount INTEGER NOT NULL,
	order_id TEXT NOT NULL,
	ended_order TEXT,
	state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(bucket_id) REFERENCES balance_bucket (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(ended_order) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE behaviour_signal (
	id TEXT NOT NULL,
	rule TEXT NOT NULL,
	subject TEXT NOT NULL,
	order_id TEXT,
	detail TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('raised', 'seen', 'closed')),
	raised_at TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE control_done (
	control_order TEXT NOT NULL,
	outlet TEXT NOT NULL,
	outcome TEXT NOT NULL CHECK (outcome IN ('done', 'not_needed', 'spared', 'refused')),
	order_id TEXT,
	words TEXT NOT NULL,
	business_date TEXT NOT NULL,
	done_at TEXT NOT NULL,
	undone_at TEXT NOT NULL,
	undone_order TEXT,
	revision INTEGER NOT NULL,
	PRIMARY KEY (control_order),
	FOREIGN KEY(control_order) REFERENCES control_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(undone_order) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE customer_agent (
	id TEXT NOT NULL,
	order_id TEXT NOT NULL,
	customer_id TEXT NOT NULL,
	name TEXT NOT NULL,
	document_kind TEXT NOT NULL,
	document_number TEXT NOT NULL,
	phone TEXT NOT NULL,
	month TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE customer_bill (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	account_id TEXT NOT NULL,
	month TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('monthly', 'final')),
	amount INTEGER NOT NULL,
	paid INTEGER NOT NULL,
	issued_on TEXT NOT NULL,
	due_on TEXT NOT NULL,
	order_id TEXT,
	state TEXT NOT NULL CHECK (state IN ('new', 'onHold', 'validated', 'sent', 'partiallyPaid', 'settled')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT customer_bill_month UNIQUE (account_id, month, kind),
	FOREIGN KEY(account_id) REFERENCES billing_account (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE dispute (
	id TEXT NOT NULL,
	subscription_id TEXT NOT NULL,
	service TEXT NOT NULL,
	month TEXT NOT NULL,
	amount INTEGER NOT NULL,
	reason TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('requested', 'refunded', 'refused')),
	order_id TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(service) REFERENCES provider_service (code) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE electronic_invoice (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	order_id TEXT NOT NULL,
	attempt INTEGER NOT NULL,
	title TEXT NOT NULL,
	tax_number TEXT NOT NULL,
	mail TEXT NOT NULL,
	amount INTEGER NOT NULL,
	tax INTEGER NOT NULL,
	says TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('waiting', 'issuing', 'issued', 'failed', 'cancelled')),
	number TEXT NOT NULL,
	issued_at TEXT NOT NULL,
	message TEXT NOT NULL,
	operator TEXT NOT NULL,
	business_date TEXT NOT NULL,
	made_at TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE extra_value (
	order_id TEXT NOT NULL,
	field TEXT NOT NULL,
	business TEXT NOT NULL,
	outlet TEXT NOT NULL,
	kind TEXT NOT NULL,
	label_zh TEXT NOT NULL,
	label_en TEXT NOT NULL,
	value TEXT NOT NULL,
	found_by TEXT,
	PRIMARY KEY (order_id, field),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE hall_credit (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('raise', 'vouch', 'emergency')),
	customer_id TEXT NOT NULL,
	number TEXT NOT NULL,
	credit_limit INTEGER NOT NULL,
	reason TEXT NOT NULL,
	operator TEXT NOT NULL,
	business_date TEXT NOT NULL,
	valid_to TEXT NOT NULL,
	order_id TEXT,
	made_at TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'withdrawn')),
	withdrawn_by TEXT NOT NULL,
	withdrawn_for TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE handset (
	imei TEXT NOT NULL,
	model TEXT NOT NULL,
	colour TEXT NOT NULL,
	imei2 TEXT NOT NULL,
	cost INTEGER NOT NULL,
	dispute TEXT NOT NULL,
	batch_id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	lease_id TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('disputed', 'in_stock', 'in_transit', 'sold', 'returned', 'faulty', 'scrapped')),
	sold_order TEXT,
	sold_on TEXT NOT NULL,
	customer_id TEXT,
	subscription_id TEXT,
	revision INTEGER NOT NULL,
	PRIMARY KEY (imei),
	FOREIGN KEY(model) REFERENCES product (code) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(sold_order) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE handwritten_slip (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	number TEXT NOT NULL,
	known_as TEXT NOT NULL,
	business TEXT NOT NULL,
	written_on TEXT NOT NULL,
	written_at TEXT NOT NULL,
	written_by TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('entered', 'open', 'parked', 'settled')),
	order_id TEXT,
	reason TEXT NOT NULL,
	amount INTEGER NOT NULL,
	tender TEXT NOT NULL,
	reference TEXT NOT NULL,
	held INTEGER NOT NULL,
	words TEXT NOT NULL,
	counter TEXT NOT NULL,
	entered_by TEXT NOT NULL,
	business_date TEXT NOT NULL,
	made_at TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT handwritten_slip_number UNIQUE (outlet, known_as),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE interaction (
	id TEXT NOT NULL,
	customer_id TEXT NOT NULL,
	order_id TEXT,
	kind TEXT NOT NULL CHECK (kind IN ('call_back', 'complaint', 'fault', 'consultation')),
	due_on TEXT NOT NULL,
	matter TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'inProgress', 'completed')),
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE interface_answer (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	business_date TEXT NOT NULL,
	order_id TEXT NOT NULL,
	interface TEXT NOT NULL,
	request TEXT NOT NULL,
	sent TEXT NOT NULL,
	verdict TEXT NOT NULL CHECK (verdict IN ('', 'yes', 'override', 'no')),
	reason TEXT NOT NULL,
	fault TEXT NOT NULL,
	offline TEXT NOT NULL,
	operator TEXT NOT NULL,
	asked_at TEXT NOT NULL,
	took_ms INTEGER NOT NULL,
	tries INTEGER NOT NULL,
	way TEXT NOT NULL CHECK (way IN ('', 'stop', 'call_in', 'undo', 'stands', 'gone')),
	state TEXT NOT NULL CHECK (state IN ('answered', 'unasked', 'waiting', 'confirmed', 'refused', 'settled')),
	later_at TEXT NOT NULL,
	later_reason TEXT NOT NULL,
	words TEXT NOT NULL,
	settled_by TEXT NOT NULL,
	settled_at TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE loyalty_entry (
	id TEXT NOT NULL,
	customer_id TEXT NOT NULL,
	order_id TEXT NOT NULL,
	points INTEGER NOT NULL,
	reason TEXT NOT NULL,
	made_at TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(customer_id) REFERENCES loyalty_account (customer_id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE order_item (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	business_date TEXT NOT NULL,
	order_id TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('plan', 'service', 'provider', 'goods', 'sim', 'number', 'card')),
	product TEXT NOT NULL,
	count INTEGER NOT NULL,
	amount INTEGER NOT NULL,
	monthly INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE paper_document (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	range_id TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('invoice', 'receipt', 'slip', 'contract')),
	code TEXT NOT NULL,
	number INTEGER NOT NULL,
	order_id TEXT,
	collection TEXT NOT NULL,
	customer_id TEXT,
	amount INTEGER NOT NULL,
	tax INTEGER NOT NULL,
	content TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('normal', 'void', 'red')),
	reason TEXT NOT NULL,
	operator TEXT NOT NULL,
	business_date TEXT NOT NULL,
	made_at TEXT NOT NULL,
	ended_on TEXT NOT NULL,
	copies INTEGER NOT NULL,
	drawn_later INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT paper_document_number UNIQUE (kind, code, number),
	FOREIGN KEY(range_id) REFERENCES document_range (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(customer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE posting (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	business_date TEXT NOT NULL,
	business TEXT NOT NULL,
	order_id TEXT,
	shift_id TEXT,
	till TEXT NOT NULL,
	operator TEXT NOT NULL,
	made_at TEXT NOT NULL,
	note TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(shift_id) REFERENCES shift (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE provider_bar (
	id TEXT NOT NULL,
	subscription_id TEXT NOT NULL,
	partner TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'lifted')),
	order_id TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT provider_bar_once UNIQUE (subscription_id, partner),
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(partner) REFERENCES partner (code) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE provider_subscription (
	id TEXT NOT NULL,
	subscription_id TEXT NOT NULL,
	service TEXT NOT NULL,
	told_by TEXT NOT NULL CHECK (told_by IN ('counter', 'message')),
	since TEXT NOT NULL,
	until TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
	order_id TEXT,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(service) REFERENCES provider_service (code) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE recharge_card (
	serial TEXT NOT NULL,
	face_value INTEGER NOT NULL,
	outlet TEXT NOT NULL,
	lease_id TEXT NOT NULL,
	pin_cipher TEXT NOT NULL,
	pin_check TEXT NOT NULL,
	valid_to TEXT NOT NULL,
	batch_id TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('idle', 'in_transit', 'sold', 'used', 'void', 'expired', 'locked')),
	sold_order TEXT,
	used_order TEXT,
	reason TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (serial),
	FOREIGN KEY(sold_order) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(used_order) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE scheduled_act (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	business TEXT NOT NULL,
	order_id TEXT NOT NULL,
	subscription_id TEXT NOT NULL,
	due_on TEXT NOT NULL,
	follows INTEGER NOT NULL,
	parameters TEXT NOT NULL,
	touches TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'cancelled', 'failed')),
	done_order_id TEXT,
	reason TEXT NOT NULL,
	done_at TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(done_order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE settlement_entry (
	id TEXT NOT NULL,
	partner TEXT NOT NULL,
	order_id TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('commission', 'share')),
	amount INTEGER NOT NULL,
	business_date TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(partner) REFERENCES partner (code) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE suspension (
	id TEXT NOT NULL,
	subscription_id TEXT NOT NULL,
	cause TEXT NOT NULL CHECK (cause IN ('request', 'loss', 'arrears_outgoing', 'arrears_all', 'arrears_kept', 'fraud', 'court', 'identity', 'closing')),
	extent TEXT NOT NULL CHECK (extent IN ('outgoing', 'all')),
	starts_on TEXT NOT NULL,
	ends_on TEXT NOT NULL,
	reason TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('planned', 'running', 'lifted', 'cancelled')),
	order_id TEXT NOT NULL,
	lifted_order_id TEXT,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(lifted_order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE trail (
	order_id TEXT NOT NULL,
	step TEXT NOT NULL,
	business TEXT NOT NULL,
	cells TEXT NOT NULL,
	made_at TEXT NOT NULL,
	PRIMARY KEY (order_id, step),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE value_change (
	id TEXT NOT NULL,
	subject TEXT NOT NULL,
	field TEXT NOT NULL,
	"before" TEXT NOT NULL,
	"after" TEXT NOT NULL,
	order_id TEXT NOT NULL,
	made_at TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE work_order (
	id TEXT NOT NULL,
	order_id TEXT NOT NULL,
	position INTEGER NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('automatic', 'manual')),
	act TEXT NOT NULL,
	element TEXT NOT NULL,
	parameters TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'done', 'failed', 'cancelled')),
	reason TEXT NOT NULL,
	assigned TEXT NOT NULL,
	held_until TEXT NOT NULL,
	follow_up INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	done_at TEXT NOT NULL,
	done_by TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE balance_entry (
	id TEXT NOT NULL,
	bucket_id TEXT NOT NULL,
	posting_id TEXT NOT NULL,
	amount INTEGER NOT NULL,
	"before" INTEGER NOT NULL,
	made_at TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(bucket_id) REFERENCES balance_bucket (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(posting_id) REFERENCES posting (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE bill_line (
	bill_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	subscription_id TEXT,
	item TEXT NOT NULL,
	product TEXT NOT NULL,
	detail TEXT NOT NULL,
	amount INTEGER NOT NULL,
	tax_rate INTEGER NOT NULL,
	PRIMARY KEY (bill_id, line),
	FOREIGN KEY(bill_id) REFERENCES customer_bill (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(subscription_id) REFERENCES subscription (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(item) REFERENCES charge_item (code) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE bill_payment (
	id TEXT NOT NULL,
	bill_id TEXT NOT NULL,
	order_id TEXT NOT NULL,
	posting_id TEXT NOT NULL,
	amount INTEGER NOT NULL,
	late_fee INTEGER NOT NULL,
	tax_rate INTEGER NOT NULL,
	tax INTEGER NOT NULL,
	made_at TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(bill_id) REFERENCES customer_bill (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(posting_id) REFERENCES posting (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE cash_movement (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	number INTEGER NOT NULL,
	posting_id TEXT NOT NULL,
	purpose TEXT NOT NULL CHECK (purpose IN ('float', 'change', 'return', 'drop', 'expense', 'deposit', 'withdrawal', 'suspense_back', 'refund', 'bank_short', 'bank_over')),
	amount INTEGER NOT NULL,
	reference TEXT NOT NULL,
	counterparty TEXT NOT NULL,
	approved_by TEXT NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT cash_movement_number UNIQUE (outlet, number),
	FOREIGN KEY(posting_id) REFERENCES posting (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE invoice_request (
	order_id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	business_date TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('waiting', 'electronic', 'drawn', 'declined', 'void')),
	title TEXT NOT NULL,
	tax_number TEXT NOT NULL,
	says TEXT NOT NULL,
	document_id TEXT,
	revision INTEGER NOT NULL,
	PRIMARY KEY (order_id),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(document_id) REFERENCES paper_document (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE paper_tax (
	document_id TEXT NOT NULL,
	rate INTEGER NOT NULL,
	amount INTEGER NOT NULL,
	tax INTEGER NOT NULL,
	PRIMARY KEY (document_id, rate),
	FOREIGN KEY(document_id) REFERENCES paper_document (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE payment (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	order_id TEXT,
	posting_id TEXT NOT NULL,
	shift_id TEXT NOT NULL,
	due INTEGER NOT NULL,
	tendered INTEGER NOT NULL,
	change INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(order_id) REFERENCES product_order (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(posting_id) REFERENCES posting (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(shift_id) REFERENCES shift (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE posting_line (
	posting_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	account TEXT NOT NULL,
	amount INTEGER NOT NULL,
	item TEXT NOT NULL,
	tax_rate INTEGER NOT NULL,
	bucket_id TEXT,
	PRIMARY KEY (posting_id, line),
	FOREIGN KEY(posting_id) REFERENCES posting (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(account) REFERENCES ledger_account (code) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(bucket_id) REFERENCES balance_bucket (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE red_confirmation (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	invoice_id TEXT NOT NULL,
	amount INTEGER NOT NULL,
	reason TEXT NOT NULL CHECK (reason IN ('01', '02', '03', '04')),
	state TEXT NOT NULL CHECK (state IN ('10', '01', '02', '03', '04', '05', '06', '07', '08', '09')),
	slip TEXT NOT NULL,
	number TEXT NOT NULL,
	message TEXT NOT NULL,
	operator TEXT NOT NULL,
	business_date TEXT NOT NULL,
	made_at TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(invoice_id) REFERENCES electronic_invoice (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE safe_count (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	business_date TEXT NOT NULL,
	expected INTEGER NOT NULL,
	counted INTEGER NOT NULL,
	difference INTEGER NOT NULL,
	reason TEXT NOT NULL,
	counted_by TEXT NOT NULL,
	approved_by TEXT NOT NULL,
	posting_id TEXT,
	made_at TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(posting_id) REFERENCES posting (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE suspense_entry (
	id TEXT NOT NULL,
	outlet TEXT NOT NULL,
	business_date TEXT NOT NULL,
	shift_id TEXT NOT NULL,
	slip_id TEXT NOT NULL,
	posting_id TEXT NOT NULL,
	act TEXT NOT NULL CHECK (act IN ('taken', 'given_back', 'used', 'returned')),
	amount INTEGER NOT NULL,
	approved_by TEXT NOT NULL,
	made_at TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(shift_id) REFERENCES shift (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(slip_id) REFERENCES handwritten_slip (id) DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY(posting_id) REFERENCES posting (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE payment_tender (
	payment_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	kind TEXT NOT NULL,
	amount INTEGER NOT NULL,
	reference TEXT NOT NULL,
	PRIMARY KEY (payment_id, line),
	FOREIGN KEY(payment_id) REFERENCES payment (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
-- next
CREATE TABLE safe_piece (
	count_id TEXT NOT NULL,
	denomination INTEGER NOT NULL,
	pieces INTEGER NOT NULL,
	PRIMARY KEY (count_id, denomination),
	FOREIGN KEY(count_id) REFERENCES safe_count (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT
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
CREATE INDEX value_change_number ON value_change ("before") WHERE field = 'number'
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
CREATE TRIGGER access_log_no_update BEFORE UPDATE ON access_log BEGIN SELECT RAISE(ABORT, 'access_log is append only'); END
-- next
CREATE TRIGGER access_log_no_delete BEFORE DELETE ON access_log BEGIN SELECT RAISE(ABORT, 'access_log is append only'); END
-- next
CREATE TRIGGER act_no_update BEFORE UPDATE ON act BEGIN SELECT RAISE(ABORT, 'act is append only'); END
-- next
CREATE TRIGGER act_no_delete BEFORE DELETE ON act BEGIN SELECT RAISE(ABORT, 'act is append only'); END
-- next
CREATE TRIGGER balance_entry_no_update BEFORE UPDATE ON balance_entry BEGIN SELECT RAISE(ABORT, 'balance_entry is append only'); END
-- next
CREATE TRIGGER balance_entry_no_delete BEFORE DELETE ON balance_entry BEGIN SELECT RAISE(ABORT, 'balance_entry is append only'); END
-- next
CREATE TRIGGER bill_line_no_update BEFORE UPDATE ON bill_line BEGIN SELECT RAISE(ABORT, 'bill_line is append only'); END
-- next
CREATE TRIGGER bill_line_no_delete BEFORE DELETE ON bill_line BEGIN SELECT RAISE(ABORT, 'bill_line is append only'); END
-- next
CREATE TRIGGER bill_payment_no_update BEFORE UPDATE ON bill_payment BEGIN SELECT RAISE(ABORT, 'bill_payment is append only'); END
-- next
CREATE TRIGGER bill_payment_no_delete BEFORE DELETE ON bill_payment BEGIN SELECT RAISE(ABORT, 'bill_payment is append only'); END
-- next
CREATE TRIGGER cash_movement_no_update BEFORE UPDATE ON cash_movement BEGIN SELECT RAISE(ABORT, 'cash_movement is append only'); END
-- next
CREATE TRIGGER cash_movement_no_delete BEFORE DELETE ON cash_movement BEGIN SELECT RAISE(ABORT, 'cash_movement is append only'); END
-- next
CREATE TRIGGER closing_report_no_update BEFORE UPDATE ON closing_report BEGIN SELECT RAISE(ABORT, 'closing_report is append only'); END
-- next
CREATE TRIGGER closing_report_no_delete BEFORE DELETE ON closing_report BEGIN SELECT RAISE(ABORT, 'closing_report is append only'); END
-- next
CREATE TRIGGER control_item_no_update BEFORE UPDATE ON control_item BEGIN SELECT RAISE(ABORT, 'control_item is append only'); END
-- next
CREATE TRIGGER control_item_no_delete BEFORE DELETE ON control_item BEGIN SELECT RAISE(ABORT, 'control_item is append only'); END
-- next
CREATE TRIGGER customer_agent_no_update BEFORE UPDATE ON customer_agent BEGIN SELECT RAISE(ABORT, 'customer_agent is append only'); END
-- next
CREATE TRIGGER customer_agent_no_delete BEFORE DELETE ON customer_agent BEGIN SELECT RAISE(ABORT, 'customer_agent is append only'); END
-- next
CREATE TRIGGER document_receipt_no_update BEFORE UPDATE ON document_receipt BEGIN SELECT RAISE(ABORT, 'document_receipt is append only'); END
-- next
CREATE TRIGGER document_receipt_no_delete BEFORE DELETE ON document_receipt BEGIN SELECT RAISE(ABORT, 'document_receipt is append only'); END
-- next
CREATE TRIGGER drawer_move_no_update BEFORE UPDATE ON drawer_move BEGIN SELECT RAISE(ABORT, 'drawer_move is append only'); END
-- next
CREATE TRIGGER drawer_move_no_delete BEFORE DELETE ON drawer_move BEGIN SELECT RAISE(ABORT, 'drawer_move is append only'); END
-- next
CREATE TRIGGER extra_value_no_update BEFORE UPDATE ON extra_value BEGIN SELECT RAISE(ABORT, 'extra_value is append only'); END
-- next
CREATE TRIGGER extra_value_no_delete BEFORE DELETE ON extra_value BEGIN SELECT RAISE(ABORT, 'extra_value is append only'); END
-- next
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'journal is append only'); END
-- next
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'journal is append only'); END
-- next
CREATE TRIGGER list_file_no_update BEFORE UPDATE ON list_file BEGIN SELECT RAISE(ABORT, 'list_file is append only'); END
-- next
CREATE TRIGGER list_file_no_delete BEFORE DELETE ON list_file BEGIN SELECT RAISE(ABORT, 'list_file is append only'); END
-- next
CREATE TRIGGER logo_raster_no_update BEFORE UPDATE ON logo_raster BEGIN SELECT RAISE(ABORT, 'logo_raster is append only'); END
-- next
CREATE TRIGGER logo_raster_no_delete BEFORE DELETE ON logo_raster BEGIN SELECT RAISE(ABORT, 'logo_raster is append only'); END
-- next
CREATE TRIGGER loyalty_entry_no_update BEFORE UPDATE ON loyalty_entry BEGIN SELECT RAISE(ABORT, 'loyalty_entry is append only'); END
-- next
CREATE TRIGGER loyalty_entry_no_delete BEFORE DELETE ON loyalty_entry BEGIN SELECT RAISE(ABORT, 'loyalty_entry is append only'); END
-- next
CREATE TRIGGER number_move_no_update BEFORE UPDATE ON number_move BEGIN SELECT RAISE(ABORT, 'number_move is append only'); END
-- next
CREATE TRIGGER number_move_no_delete BEFORE DELETE ON number_move BEGIN SELECT RAISE(ABORT, 'number_move is append only'); END
-- next
CREATE TRIGGER operator_password_no_update BEFORE UPDATE ON operator_password BEGIN SELECT RAISE(ABORT, 'operator_password is append only'); END
-- next
CREATE TRIGGER operator_password_no_delete BEFORE DELETE ON operator_password BEGIN SELECT RAISE(ABORT, 'operator_password is append only'); END
-- next
CREATE TRIGGER order_item_no_update BEFORE UPDATE ON order_item BEGIN SELECT RAISE(ABORT, 'order_item is append only'); END
-- next
CREATE TRIGGER order_item_no_delete BEFORE DELETE ON order_item BEGIN SELECT RAISE(ABORT, 'order_item is append only'); END
-- next
CREATE TRIGGER paper_tax_no_update BEFORE UPDATE ON paper_tax BEGIN SELECT RAISE(ABORT, 'paper_tax is append only'); END
-- next
CREATE TRIGGER paper_tax_no_delete BEFORE DELETE ON paper_tax BEGIN SELECT RAISE(ABORT, 'paper_tax is append only'); END
-- next
CREATE TRIGGER payment_no_update BEFORE UPDATE ON payment BEGIN SELECT RAISE(ABORT, 'payment is append only'); END
-- next
CREATE TRIGGER payment_no_delete BEFORE DELETE ON payment BEGIN SELECT RAISE(ABORT, 'payment is append only'); END
-- next
CREATE TRIGGER payment_tender_no_update BEFORE UPDATE ON payment_tender BEGIN SELECT RAISE(ABORT, 'payment_tender is append only'); END
-- next
CREATE TRIGGER payment_tender_no_delete BEFORE DELETE ON payment_tender BEGIN SELECT RAISE(ABORT, 'payment_tender is append only'); END
-- next
CREATE TRIGGER piece_difference_no_update BEFORE UPDATE ON piece_difference BEGIN SELECT RAISE(ABORT, 'piece_difference is append only'); END
-- next
CREATE TRIGGER piece_difference_no_delete BEFORE DELETE ON piece_difference BEGIN SELECT RAISE(ABORT, 'piece_difference is append only'); END
-- next
CREATE TRIGGER posting_no_update BEFORE UPDATE ON posting BEGIN SELECT RAISE(ABORT, 'posting is append only'); END
-- next
CREATE TRIGGER posting_no_delete BEFORE DELETE ON posting BEGIN SELECT RAISE(ABORT, 'posting is append only'); END
-- next
CREATE TRIGGER posting_line_no_update BEFORE UPDATE ON posting_line BEGIN SELECT RAISE(ABORT, 'posting_line is append only'); END
-- next
CREATE TRIGGER posting_line_no_delete BEFORE DELETE ON posting_line BEGIN SELECT RAISE(ABORT, 'posting_line is append only'); END
-- next
CREATE TRIGGER publication_no_update BEFORE UPDATE ON publication BEGIN SELECT RAISE(ABORT, 'publication is append only'); END
-- next
CREATE TRIGGER publication_no_delete BEFORE DELETE ON publication BEGIN SELECT RAISE(ABORT, 'publication is append only'); END
-- next
CREATE TRIGGER published_line_no_update BEFORE UPDATE ON published_line BEGIN SELECT RAISE(ABORT, 'published_line is append only'); END
-- next
CREATE TRIGGER published_line_no_delete BEFORE DELETE ON published_line BEGIN SELECT RAISE(ABORT, 'published_line is append only'); END
-- next
CREATE TRIGGER safe_count_no_update BEFORE UPDATE ON safe_count BEGIN SELECT RAISE(ABORT, 'safe_count is append only'); END
-- next
CREATE TRIGGER safe_count_no_delete BEFORE DELETE ON safe_count BEGIN SELECT RAISE(ABORT, 'safe_count is append only'); END
-- next
CREATE TRIGGER safe_piece_no_update BEFORE UPDATE ON safe_piece BEGIN SELECT RAISE(ABORT, 'safe_piece is append only'); END
-- next
CREATE TRIGGER safe_piece_no_delete BEFORE DELETE ON safe_piece BEGIN SELECT RAISE(ABORT, 'safe_piece is append only'); END
-- next
CREATE TRIGGER settlement_entry_no_update BEFORE UPDATE ON settlement_entry BEGIN SELECT RAISE(ABORT, 'settlement_entry is append only'); END
-- next
CREATE TRIGGER settlement_entry_no_delete BEFORE DELETE ON settlement_entry BEGIN SELECT RAISE(ABORT, 'settlement_entry is append only'); END
-- next
CREATE TRIGGER shift_count_no_update BEFORE UPDATE ON shift_count BEGIN SELECT RAISE(ABORT, 'shift_count is append only'); END
-- next
CREATE TRIGGER shift_count_no_delete BEFORE DELETE ON shift_count BEGIN SELECT RAISE(ABORT, 'shift_count is append only'); END
-- next
CREATE TRIGGER shift_tender_no_update BEFORE UPDATE ON shift_tender BEGIN SELECT RAISE(ABORT, 'shift_tender is append only'); END
-- next
CREATE TRIGGER shift_tender_no_delete BEFORE DELETE ON shift_tender BEGIN SELECT RAISE(ABORT, 'shift_tender is append only'); END
-- next
CREATE TRIGGER stock_count_no_update BEFORE UPDATE ON stock_count BEGIN SELECT RAISE(ABORT, 'stock_count is append only'); END
-- next
CREATE TRIGGER stock_count_no_delete BEFORE DELETE ON stock_count BEGIN SELECT RAISE(ABORT, 'stock_count is append only'); END
-- next
CREATE TRIGGER stock_event_no_update BEFORE UPDATE ON stock_event BEGIN SELECT RAISE(ABORT, 'stock_event is append only'); END
-- next
CREATE TRIGGER stock_event_no_delete BEFORE DELETE ON stock_event BEGIN SELECT RAISE(ABORT, 'stock_event is append only'); END
-- next
CREATE TRIGGER stock_piece_no_update BEFORE UPDATE ON stock_piece BEGIN SELECT RAISE(ABORT, 'stock_piece is append only'); END
-- next
CREATE TRIGGER stock_piece_no_delete BEFORE DELETE ON stock_piece BEGIN SELECT RAISE(ABORT, 'stock_piece is append only'); END
-- next
CREATE TRIGGER suspense_entry_no_update BEFORE UPDATE ON suspense_entry BEGIN SELECT RAISE(ABORT, 'suspense_entry is append only'); END
-- next
CREATE TRIGGER suspense_entry_no_delete BEFORE DELETE ON suspense_entry BEGIN SELECT RAISE(ABORT, 'suspense_entry is append only'); END
-- next
CREATE TRIGGER trail_no_update BEFORE UPDATE ON trail BEGIN SELECT RAISE(ABORT, 'trail is append only'); END
-- next
CREATE TRIGGER trail_no_delete BEFORE DELETE ON trail BEGIN SELECT RAISE(ABORT, 'trail is append only'); END
-- next
CREATE TRIGGER transfer_count_no_update BEFORE UPDATE ON transfer_count BEGIN SELECT RAISE(ABORT, 'transfer_count is append only'); END
-- next
CREATE TRIGGER transfer_count_no_delete BEFORE DELETE ON transfer_count BEGIN SELECT RAISE(ABORT, 'transfer_count is append only'); END
-- next
CREATE TRIGGER value_change_no_update BEFORE UPDATE ON value_change BEGIN SELECT RAISE(ABORT, 'value_change is append only'); END
-- next
CREATE TRIGGER value_change_no_delete BEFORE DELETE ON value_change BEGIN SELECT RAISE(ABORT, 'value_change is append only'); END
-- next
CREATE TRIGGER work_step_no_update BEFORE UPDATE ON work_step BEGIN SELECT RAISE(ABORT, 'work_step is append only'); END
-- next
CREATE TRIGGER work_step_no_delete BEFORE DELETE ON work_step BEGIN SELECT RAISE(ABORT, 'work_step is append only'); END
-- next
CREATE VIRTUAL TABLE customer_name_part USING fts5(customer_id UNINDEXED, characters, columnsize=0, tokenize='unicode61 remove_diacritics 0')
-- next
CREATE TRIGGER customer_name_added AFTER INSERT ON customer BEGIN INSERT INTO customer_name_part(customer_id, characters) VALUES (new.id, CASE WHEN length(new.name_key) <= 4 THEN substr(new.name_key, 1, 1) || ' ' || substr(new.name_key, 2, 1) || ' ' || substr(new.name_key, 3, 1) || ' ' || substr(new.name_key, 4, 1) ELSE (SELECT group_concat(substr(new.name_key, value, 1), ' ') FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60,61,62,63,64]') WHERE value <= length(new.name_key)) END); END
-- next
CREATE TRIGGER customer_name_changed AFTER UPDATE OF name_key ON customer WHEN old.name_key <> new.name_key BEGIN INSERT INTO customer_name_part(customer_id, characters) VALUES (new.id, CASE WHEN length(new.name_key) <= 4 THEN substr(new.name_key, 1, 1) || ' ' || substr(new.name_key, 2, 1) || ' ' || substr(new.name_key, 3, 1) || ' ' || substr(new.name_key, 4, 1) ELSE (SELECT group_concat(substr(new.name_key, value, 1), ' ') FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60,61,62,63,64]') WHERE value <= length(new.name_key)) END); END
