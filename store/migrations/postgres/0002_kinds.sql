-- +goose Up
-- Written from the descriptors in records/: go test ./store -run TestKindTables -update

CREATE TABLE customer (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	version bigint NOT NULL,
	name text COLLATE "C" NOT NULL,
	type text COLLATE "C" NOT NULL,
	code text COLLATE "C",
	handle text COLLATE "C",
	parent_id bigint,
	industry text COLLATE "C",
	business_type text COLLATE "C",
	specialty text COLLATE "C",
	source text COLLATE "C",
	region text COLLATE "C",
	territory text COLLATE "C",
	country text COLLATE "C",
	state text COLLATE "C",
	city text COLLATE "C",
	street text COLLATE "C",
	street2 text COLLATE "C",
	postal_code text COLLATE "C",
	place_lat double precision,
	place_lng double precision,
	place_x double precision,
	place_y double precision,
	place_z double precision,
	phone text COLLATE "C",
	phone2 text COLLATE "C",
	email text COLLATE "C",
	wechat text COLLATE "C",
	website text COLLATE "C",
	credit_code text COLLATE "C",
	legal_person text COLLATE "C",
	id_number text COLLATE "C",
	passport_number text COLLATE "C",
	gender text COLLATE "C",
	birthday bigint,
	bank_name text COLLATE "C",
	bank_account text COLLATE "C",
	annual_sales bigint,
	annual_revenue bigint,
	credit_limit bigint,
	currency text COLLATE "C" NOT NULL,
	employees bigint,
	square_feet double precision,
	year_opened bigint,
	last_contact_at bigint,
	next_contact_at bigint,
	level text COLLATE "C",
	assessment text COLLATE "C",
	remark text COLLATE "C",
	stage text COLLATE "C" NOT NULL,
	owner_id bigint,
	pool_id bigint,
	unit_id bigint,
	tags jsonb NOT NULL DEFAULT '[]',
	created_at bigint NOT NULL,
	updated_at bigint NOT NULL,
	created_by bigint,
	custom jsonb NOT NULL DEFAULT '{}',
	search_general text[] NOT NULL DEFAULT '{}',
	search_contact text[] NOT NULL DEFAULT '{}',
	search_communication text[] NOT NULL DEFAULT '{}',
	CONSTRAINT customer_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE customer IS '客户: records of the kind customer.';
CREATE INDEX customer_updated ON customer (tenant_id, updated_at DESC, id DESC);
CREATE INDEX customer_owner ON customer (tenant_id, owner_id, updated_at DESC, id DESC) WHERE owner_id IS NOT NULL;
CREATE INDEX customer_unit ON customer (tenant_id, unit_id, updated_at DESC, id DESC) WHERE unit_id IS NOT NULL;
CREATE INDEX customer_pool ON customer (tenant_id, pool_id, updated_at DESC, id DESC) WHERE pool_id IS NOT NULL;
CREATE INDEX customer_name ON customer (tenant_id, name, id);
CREATE INDEX customer_code ON customer (tenant_id, code, id);
CREATE INDEX customer_parent ON customer (tenant_id, parent_id, updated_at DESC, id DESC) WHERE parent_id IS NOT NULL;
CREATE INDEX customer_place ON customer (tenant_id, place_lat, place_lng) WHERE place_lat IS NOT NULL;
CREATE INDEX customer_search_general ON customer USING gin (search_general);
CREATE INDEX customer_search_contact ON customer USING gin (search_contact);
CREATE INDEX customer_search_communication ON customer USING gin (search_communication);

CREATE TABLE contact (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	version bigint NOT NULL,
	name text COLLATE "C" NOT NULL,
	code text COLLATE "C",
	customer_id bigint NOT NULL,
	role text COLLATE "C",
	department text COLLATE "C",
	main boolean,
	gender text COLLATE "C",
	phone text COLLATE "C",
	phone2 text COLLATE "C",
	email text COLLATE "C",
	wechat text COLLATE "C",
	birthday bigint,
	country text COLLATE "C",
	state text COLLATE "C",
	city text COLLATE "C",
	street text COLLATE "C",
	street2 text COLLATE "C",
	postal_code text COLLATE "C",
	source text COLLATE "C",
	last_contact_at bigint,
	influence text COLLATE "C",
	interests text COLLATE "C",
	remark text COLLATE "C",
	stage text COLLATE "C" NOT NULL,
	owner_id bigint,
	pool_id bigint,
	unit_id bigint,
	tags jsonb NOT NULL DEFAULT '[]',
	created_at bigint NOT NULL,
	updated_at bigint NOT NULL,
	created_by bigint,
	custom jsonb NOT NULL DEFAULT '{}',
	search_general text[] NOT NULL DEFAULT '{}',
	search_contact text[] NOT NULL DEFAULT '{}',
	search_communication text[] NOT NULL DEFAULT '{}',
	CONSTRAINT contact_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE contact IS '联系人: records of the kind contact.';
CREATE INDEX contact_updated ON contact (tenant_id, updated_at DESC, id DESC);
CREATE INDEX contact_owner ON contact (tenant_id, owner_id, updated_at DESC, id DESC) WHERE owner_id IS NOT NULL;
CREATE INDEX contact_unit ON contact (tenant_id, unit_id, updated_at DESC, id DESC) WHERE unit_id IS NOT NULL;
CREATE INDEX contact_pool ON contact (tenant_id, pool_id, updated_at DESC, id DESC) WHERE pool_id IS NOT NULL;
CREATE INDEX contact_name ON contact (tenant_id, name, id);
CREATE INDEX contact_code ON contact (tenant_id, code, id);
CREATE INDEX contact_customer ON contact (tenant_id, customer_id, updated_at DESC, id DESC);
CREATE INDEX contact_search_general ON contact USING gin (search_general);
CREATE INDEX contact_search_contact ON contact USING gin (search_contact);
CREATE INDEX contact_search_communication ON contact USING gin (search_communication);

CREATE TABLE opportunity (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	version bigint NOT NULL,
	name text COLLATE "C" NOT NULL,
	code text COLLATE "C",
	customer_id bigint NOT NULL,
	contact_id bigint,
	product_id bigint,
	source text COLLATE "C",
	amount bigint,
	currency text COLLATE "C" NOT NULL,
	expected_on bigint,
	closed_on bigint,
	lost_reason text COLLATE "C",
	probability double precision,
	margin double precision,
	competitors text COLLATE "C",
	need text COLLATE "C",
	next_step text COLLATE "C",
	remark text COLLATE "C",
	stage text COLLATE "C" NOT NULL,
	owner_id bigint,
	pool_id bigint,
	unit_id bigint,
	tags jsonb NOT NULL DEFAULT '[]',
	created_at bigint NOT NULL,
	updated_at bigint NOT NULL,
	created_by bigint,
	custom jsonb NOT NULL DEFAULT '{}',
	search_general text[] NOT NULL DEFAULT '{}',
	search_communication text[] NOT NULL DEFAULT '{}',
	CONSTRAINT opportunity_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE opportunity IS '商机: records of the kind opportunity.';
CREATE INDEX opportunity_updated ON opportunity (tenant_id, updated_at DESC, id DESC);
CREATE INDEX opportunity_owner ON opportunity (tenant_id, owner_id, updated_at DESC, id DESC) WHERE owner_id IS NOT NULL;
CREATE INDEX opportunity_unit ON opportunity (tenant_id, unit_id, updated_at DESC, id DESC) WHERE unit_id IS NOT NULL;
CREATE INDEX opportunity_pool ON opportunity (tenant_id, pool_id, updated_at DESC, id DESC) WHERE pool_id IS NOT NULL;
CREATE INDEX opportunity_name ON opportunity (tenant_id, name, id);
CREATE INDEX opportunity_code ON opportunity (tenant_id, code, id);
CREATE INDEX opportunity_customer ON opportunity (tenant_id, customer_id, updated_at DESC, id DESC);
CREATE INDEX opportunity_contact ON opportunity (tenant_id, contact_id, updated_at DESC, id DESC) WHERE contact_id IS NOT NULL;
CREATE INDEX opportunity_product ON opportunity (tenant_id, product_id, updated_at DESC, id DESC) WHERE product_id IS NOT NULL;
CREATE INDEX opportunity_search_general ON opportunity USING gin (search_general);
CREATE INDEX opportunity_search_communication ON opportunity USING gin (search_communication);

CREATE TABLE contract (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	version bigint NOT NULL,
	number text COLLATE "C" NOT NULL,
	name text COLLATE "C",
	customer_id bigint NOT NULL,
	contact_id bigint,
	opportunity_id bigint,
	type text COLLATE "C" NOT NULL,
	region text COLLATE "C",
	territory text COLLATE "C",
	subtotal bigint,
	discount bigint,
	tax bigint,
	freight bigint,
	total bigint,
	paid bigint,
	currency text COLLATE "C" NOT NULL,
	signed_on bigint,
	starts_on bigint,
	ends_on bigint,
	signer_id bigint,
	customer_signer text COLLATE "C",
	payment_terms text COLLATE "C",
	cost bigint,
	terms text COLLATE "C",
	remark text COLLATE "C",
	stage text COLLATE "C" NOT NULL,
	owner_id bigint,
	pool_id bigint,
	unit_id bigint,
	tags jsonb NOT NULL DEFAULT '[]',
	created_at bigint NOT NULL,
	updated_at bigint NOT NULL,
	created_by bigint,
	custom jsonb NOT NULL DEFAULT '{}',
	search_general text[] NOT NULL DEFAULT '{}',
	search_communication text[] NOT NULL DEFAULT '{}',
	CONSTRAINT contract_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE contract IS '合同: records of the kind contract.';
CREATE INDEX contract_updated ON contract (tenant_id, updated_at DESC, id DESC);
CREATE INDEX contract_owner ON contract (tenant_id, owner_id, updated_at DESC, id DESC) WHERE owner_id IS NOT NULL;
CREATE INDEX contract_unit ON contract (tenant_id, unit_id, updated_at DESC, id DESC) WHERE unit_id IS NOT NULL;
CREATE INDEX contract_pool ON contract (tenant_id, pool_id, updated_at DESC, id DESC) WHERE pool_id IS NOT NULL;
CREATE INDEX contract_number ON contract (tenant_id, number, id);
CREATE INDEX contract_customer ON contract (tenant_id, customer_id, updated_at DESC, id DESC);
CREATE INDEX contract_contact ON contract (tenant_id, contact_id, updated_at DESC, id DESC) WHERE contact_id IS NOT NULL;
CREATE INDEX contract_opportunity ON contract (tenant_id, opportunity_id, updated_at DESC, id DESC) WHERE opportunity_id IS NOT NULL;
CREATE INDEX contract_search_general ON contract USING gin (search_general);
CREATE INDEX contract_search_communication ON contract USING gin (search_communication);

CREATE TABLE ticket (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	version bigint NOT NULL,
	subject text COLLATE "C" NOT NULL,
	number text COLLATE "C",
	customer_id bigint NOT NULL,
	contact_id bigint,
	contract_id bigint,
	product_id bigint,
	serial_number text COLLATE "C",
	type text COLLATE "C" NOT NULL,
	priority text COLLATE "C" NOT NULL,
	channel text COLLATE "C",
	phone text COLLATE "C",
	country text COLLATE "C",
	state text COLLATE "C",
	city text COLLATE "C",
	street text COLLATE "C",
	street2 text COLLATE "C",
	postal_code text COLLATE "C",
	place_lat double precision,
	place_lng double precision,
	place_x double precision,
	place_y double precision,
	place_z double precision,
	due_at bigint,
	responded_at bigint,
	resolved_at bigint,
	satisfaction bigint,
	description text COLLATE "C",
	solution text COLLATE "C",
	fee bigint,
	currency text COLLATE "C" NOT NULL,
	cause text COLLATE "C",
	stage text COLLATE "C" NOT NULL,
	owner_id bigint,
	pool_id bigint,
	unit_id bigint,
	tags jsonb NOT NULL DEFAULT '[]',
	created_at bigint NOT NULL,
	updated_at bigint NOT NULL,
	created_by bigint,
	custom jsonb NOT NULL DEFAULT '{}',
	search_general text[] NOT NULL DEFAULT '{}',
	search_contact text[] NOT NULL DEFAULT '{}',
	search_communication text[] NOT NULL DEFAULT '{}',
	CONSTRAINT ticket_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE ticket IS '服务工单: records of the kind ticket.';
CREATE INDEX ticket_updated ON ticket (tenant_id, updated_at DESC, id DESC);
CREATE INDEX ticket_owner ON ticket (tenant_id, owner_id, updated_at DESC, id DESC) WHERE owner_id IS NOT NULL;
CREATE INDEX ticket_unit ON ticket (tenant_id, unit_id, updated_at DESC, id DESC) WHERE unit_id IS NOT NULL;
CREATE INDEX ticket_pool ON ticket (tenant_id, pool_id, updated_at DESC, id DESC) WHERE pool_id IS NOT NULL;
CREATE INDEX ticket_subject ON ticket (tenant_id, subject, id);
CREATE INDEX ticket_customer ON ticket (tenant_id, customer_id, updated_at DESC, id DESC);
CREATE INDEX ticket_contact ON ticket (tenant_id, contact_id, updated_at DESC, id DESC) WHERE contact_id IS NOT NULL;
CREATE INDEX ticket_contract ON ticket (tenant_id, contract_id, updated_at DESC, id DESC) WHERE contract_id IS NOT NULL;
CREATE INDEX ticket_product ON ticket (tenant_id, product_id, updated_at DESC, id DESC) WHERE product_id IS NOT NULL;
CREATE INDEX ticket_place ON ticket (tenant_id, place_lat, place_lng) WHERE place_lat IS NOT NULL;
CREATE INDEX ticket_search_general ON ticket USING gin (search_general);
CREATE INDEX ticket_search_contact ON ticket USING gin (search_contact);
CREATE INDEX ticket_search_communication ON ticket USING gin (search_communication);

CREATE TABLE activity (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	version bigint NOT NULL,
	subject text COLLATE "C" NOT NULL,
	type text COLLATE "C" NOT NULL,
	customer_id bigint NOT NULL,
	contact_id bigint,
	opportunity_id bigint,
	contract_id bigint,
	ticket_id bigint,
	happened_at bigint NOT NULL,
	minutes bigint,
	outcome text COLLATE "C",
	next_contact_at bigint,
	place_lat double precision,
	place_lng double precision,
	place_x double precision,
	place_y double precision,
	place_z double precision,
	content text COLLATE "C",
	assessment text COLLATE "C",
	stage text COLLATE "C" NOT NULL,
	owner_id bigint,
	pool_id bigint,
	unit_id bigint,
	tags jsonb NOT NULL DEFAULT '[]',
	created_at bigint NOT NULL,
	updated_at bigint NOT NULL,
	created_by bigint,
	custom jsonb NOT NULL DEFAULT '{}',
	search_general text[] NOT NULL DEFAULT '{}',
	search_communication text[] NOT NULL DEFAULT '{}',
	CONSTRAINT activity_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE activity IS '跟进记录: records of the kind activity.';
CREATE INDEX activity_updated ON activity (tenant_id, updated_at DESC, id DESC);
CREATE INDEX activity_owner ON activity (tenant_id, owner_id, updated_at DESC, id DESC) WHERE owner_id IS NOT NULL;
CREATE INDEX activity_unit ON activity (tenant_id, unit_id, updated_at DESC, id DESC) WHERE unit_id IS NOT NULL;
CREATE INDEX activity_pool ON activity (tenant_id, pool_id, updated_at DESC, id DESC) WHERE pool_id IS NOT NULL;
CREATE INDEX activity_subject ON activity (tenant_id, subject, id);
CREATE INDEX activity_customer ON activity (tenant_id, customer_id, updated_at DESC, id DESC);
CREATE INDEX activity_contact ON activity (tenant_id, contact_id, updated_at DESC, id DESC) WHERE contact_id IS NOT NULL;
CREATE INDEX activity_opportunity ON activity (tenant_id, opportunity_id, updated_at DESC, id DESC) WHERE opportunity_id IS NOT NULL;
CREATE INDEX activity_contract ON activity (tenant_id, contract_id, updated_at DESC, id DESC) WHERE contract_id IS NOT NULL;
CREATE INDEX activity_ticket ON activity (tenant_id, ticket_id, updated_at DESC, id DESC) WHERE ticket_id IS NOT NULL;
CREATE INDEX activity_place ON activity (tenant_id, place_lat, place_lng) WHERE place_lat IS NOT NULL;
CREATE INDEX activity_search_general ON activity USING gin (search_general);
CREATE INDEX activity_search_communication ON activity USING gin (search_communication);

CREATE TABLE payment (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	version bigint NOT NULL,
	number text COLLATE "C" NOT NULL,
	contract_id bigint NOT NULL,
	customer_id bigint,
	amount bigint NOT NULL,
	currency text COLLATE "C" NOT NULL,
	due_on bigint,
	paid_on bigint,
	method text COLLATE "C",
	payer text COLLATE "C",
	bank_name text COLLATE "C",
	bank_account text COLLATE "C",
	invoice_number text COLLATE "C",
	invoiced_on bigint,
	remark text COLLATE "C",
	stage text COLLATE "C" NOT NULL,
	owner_id bigint,
	pool_id bigint,
	unit_id bigint,
	tags jsonb NOT NULL DEFAULT '[]',
	created_at bigint NOT NULL,
	updated_at bigint NOT NULL,
	created_by bigint,
	custom jsonb NOT NULL DEFAULT '{}',
	search_general text[] NOT NULL DEFAULT '{}',
	search_communication text[] NOT NULL DEFAULT '{}',
	CONSTRAINT payment_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE payment IS '回款: records of the kind payment.';
CREATE INDEX payment_updated ON payment (tenant_id, updated_at DESC, id DESC);
CREATE INDEX payment_owner ON payment (tenant_id, owner_id, updated_at DESC, id DESC) WHERE owner_id IS NOT NULL;
CREATE INDEX payment_unit ON payment (tenant_id, unit_id, updated_at DESC, id DESC) WHERE unit_id IS NOT NULL;
CREATE INDEX payment_pool ON payment (tenant_id, pool_id, updated_at DESC, id DESC) WHERE pool_id IS NOT NULL;
CREATE INDEX payment_number ON payment (tenant_id, number, id);
CREATE INDEX payment_contract ON payment (tenant_id, contract_id, updated_at DESC, id DESC);
CREATE INDEX payment_customer ON payment (tenant_id, customer_id, updated_at DESC, id DESC) WHERE customer_id IS NOT NULL;
CREATE INDEX payment_search_general ON payment USING gin (search_general);
CREATE INDEX payment_search_communication ON payment USING gin (search_communication);

CREATE TABLE product (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	version bigint NOT NULL,
	name text COLLATE "C" NOT NULL,
	code text COLLATE "C",
	category text COLLATE "C",
	brand text COLLATE "C",
	specification text COLLATE "C",
	measure text COLLATE "C",
	price bigint,
	currency text COLLATE "C" NOT NULL,
	tax_rate double precision,
	warranty_months bigint,
	cost bigint,
	floor_price bigint,
	description text COLLATE "C",
	stage text COLLATE "C" NOT NULL,
	owner_id bigint,
	pool_id bigint,
	unit_id bigint,
	tags jsonb NOT NULL DEFAULT '[]',
	created_at bigint NOT NULL,
	updated_at bigint NOT NULL,
	created_by bigint,
	custom jsonb NOT NULL DEFAULT '{}',
	search_general text[] NOT NULL DEFAULT '{}',
	CONSTRAINT product_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE product IS '产品: records of the kind product.';
CREATE INDEX product_updated ON product (tenant_id, updated_at DESC, id DESC);
CREATE INDEX product_owner ON product (tenant_id, owner_id, updated_at DESC, id DESC) WHERE owner_id IS NOT NULL;
CREATE INDEX product_unit ON product (tenant_id, unit_id, updated_at DESC, id DESC) WHERE unit_id IS NOT NULL;
CREATE INDEX product_pool ON product (tenant_id, pool_id, updated_at DESC, id DESC) WHERE pool_id IS NOT NULL;
CREATE INDEX product_name ON product (tenant_id, name, id);
CREATE INDEX product_code ON product (tenant_id, code, id);
CREATE INDEX product_search_general ON product USING gin (search_general);

CREATE TABLE task (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	version bigint NOT NULL,
	subject text COLLATE "C" NOT NULL,
	priority text COLLATE "C" NOT NULL,
	due_at bigint,
	done_at bigint,
	customer_id bigint,
	contact_id bigint,
	opportunity_id bigint,
	contract_id bigint,
	ticket_id bigint,
	content text COLLATE "C",
	stage text COLLATE "C" NOT NULL,
	owner_id bigint,
	pool_id bigint,
	unit_id bigint,
	tags jsonb NOT NULL DEFAULT '[]',
	created_at bigint NOT NULL,
	updated_at bigint NOT NULL,
	created_by bigint,
	custom jsonb NOT NULL DEFAULT '{}',
	search_general text[] NOT NULL DEFAULT '{}',
	search_communication text[] NOT NULL DEFAULT '{}',
	CONSTRAINT task_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE task IS '任务: records of the kind task.';
CREATE INDEX task_updated ON task (tenant_id, updated_at DESC, id DESC);
CREATE INDEX task_owner ON task (tenant_id, owner_id, updated_at DESC, id DESC) WHERE owner_id IS NOT NULL;
CREATE INDEX task_unit ON task (tenant_id, unit_id, updated_at DESC, id DESC) WHERE unit_id IS NOT NULL;
CREATE INDEX task_pool ON task (tenant_id, pool_id, updated_at DESC, id DESC) WHERE pool_id IS NOT NULL;
CREATE INDEX task_subject ON task (tenant_id, subject, id);
CREATE INDEX task_customer ON task (tenant_id, customer_id, updated_at DESC, id DESC) WHERE customer_id IS NOT NULL;
CREATE INDEX task_contact ON task (tenant_id, contact_id, updated_at DESC, id DESC) WHERE contact_id IS NOT NULL;
CREATE INDEX task_opportunity ON task (tenant_id, opportunity_id, updated_at DESC, id DESC) WHERE opportunity_id IS NOT NULL;
CREATE INDEX task_contract ON task (tenant_id, contract_id, updated_at DESC, id DESC) WHERE contract_id IS NOT NULL;
CREATE INDEX task_ticket ON task (tenant_id, ticket_id, updated_at DESC, id DESC) WHERE ticket_id IS NOT NULL;
CREATE INDEX task_search_general ON task USING gin (search_general);
CREATE INDEX task_search_communication ON task USING gin (search_communication);

CREATE TABLE person (
	tenant_id bigint NOT NULL,
	id bigint NOT NULL,
	version bigint NOT NULL,
	name text COLLATE "C" NOT NULL,
	login text COLLATE "C" NOT NULL,
	code text COLLATE "C",
	title text COLLATE "C",
	manager_id bigint,
	active boolean NOT NULL,
	gender text COLLATE "C",
	phone text COLLATE "C",
	email text COLLATE "C",
	wechat text COLLATE "C",
	hire_date bigint,
	left_on bigint,
	birthday bigint,
	id_number text COLLATE "C",
	national_id text COLLATE "C",
	home_street text COLLATE "C",
	emergency_contact text COLLATE "C",
	emergency_phone text COLLATE "C",
	bank_name text COLLATE "C",
	bank_account text COLLATE "C",
	hourly_rate bigint,
	salary bigint,
	currency text COLLATE "C" NOT NULL,
	remark text COLLATE "C",
	stage text COLLATE "C" NOT NULL,
	unit_id bigint,
	tags jsonb NOT NULL DEFAULT '[]',
	created_at bigint NOT NULL,
	updated_at bigint NOT NULL,
	created_by bigint,
	owner_id bigint,
	pool_id bigint,
	custom jsonb NOT NULL DEFAULT '{}',
	search_general text[] NOT NULL DEFAULT '{}',
	search_contact text[] NOT NULL DEFAULT '{}',
	CONSTRAINT person_pkey PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE person IS '员工: records of the kind person.';
CREATE INDEX person_updated ON person (tenant_id, updated_at DESC, id DESC);
CREATE INDEX person_owner ON person (tenant_id, owner_id, updated_at DESC, id DESC) WHERE owner_id IS NOT NULL;
CREATE INDEX person_unit ON person (tenant_id, unit_id, updated_at DESC, id DESC) WHERE unit_id IS NOT NULL;
CREATE INDEX person_pool ON person (tenant_id, pool_id, updated_at DESC, id DESC) WHERE pool_id IS NOT NULL;
CREATE INDEX person_name ON person (tenant_id, name, id);
CREATE UNIQUE INDEX person_login ON person (tenant_id, login);
CREATE INDEX person_code ON person (tenant_id, code, id);
CREATE INDEX person_search_general ON person USING gin (search_general);
CREATE INDEX person_search_contact ON person USING gin (search_contact);
