package audit

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"guan/policy"
)

// Action says what was done. The engine's actions (read, create, edit, delete, export, reveal) stand in
// entries under their own names; the others are listed here.
type Action string

// The actions beside the engine's.
const (
	List           Action = "list"
	Count          Action = "count"
	Explain        Action = "explain"
	Import         Action = "import"
	Refused        Action = "refused" // Detail "action" names what was refused
	SignIn         Action = "sign_in"
	SignInFailed   Action = "sign_in_failed"
	SignInLocked   Action = "sign_in_locked"
	SignOut        Action = "sign_out"
	SessionEnded   Action = "session_ended"
	PasswordSet    Action = "password_set"
	TokenCreated   Action = "token_created"
	TokenRevoked   Action = "token_revoked"
	AccountStopped Action = "account_stopped"
	AccountOpened  Action = "account_opened"
	AccountFrozen  Action = "account_frozen"  // by failed factors or an unusual sign-in
	AccountThawed  Action = "account_thawed"  // by who administers people, or a code of recovery
	FactorAdded    Action = "factor_added"    // a second factor was set up
	FactorRemoved  Action = "factor_removed"  // … by its person
	FactorReset    Action = "factor_reset"    // … by who administers people
	FactorProved   Action = "factor_proved"   // by a code or a passkey, in a session that was open
	FactorFailed   Action = "factor_failed"   // a wrong code or passkey
	PasskeyAdded   Action = "passkey_added"   // a passkey was set up as a second factor
	PasskeyNamed   Action = "passkey_named"   // … was given another name by its person
	PasskeyRemoved Action = "passkey_removed" // … by its person
	PasskeyCopied  Action = "passkey_copied"  // its count went back: it proved nothing
	RecoveryMade   Action = "recovery_made"   // new codes of recovery; the old ones end
	DeviceAsked    Action = "device_asked"    // a device waits for a nod
	DeviceAdmitted Action = "device_admitted" // … and got it, or was unblocked
	DeviceEnded    Action = "device_ended"    // its sessions ended, and it is known no more
	DeviceBlocked  Action = "device_blocked"
	DeviceNamed    Action = "device_named"
	OrgChanged     Action = "org_changed"
	PolicyChanged  Action = "policy_changed"
	FieldChanged   Action = "field_changed" // a field of the company's own was made, changed or deleted
	PolicyAlone    Action = "policy_alone"  // a sensitive change that nobody could confirm
	DraftChanged   Action = "draft_changed"
	GrantGiven     Action = "grant_given"
	GrantRevoked   Action = "grant_revoked"
	GrantUsed      Action = "grant_used" // a record was opened by it
	SandboxChanged Action = "sandbox_changed"
	SandboxWarned  Action = "sandbox_warned" // people were told of its end
	SandboxUsed    Action = "sandbox_used"   // by it a record was shown or changed, or not exported
	Commented      Action = "commented"
	Attached       Action = "attached"   // a file was put to a record, or taken off it
	Downloaded     Action = "downloaded" // a file of a record
	Setup          Action = "setup"
	ViewSaved      Action = "view_saved"
	ViewDeleted    Action = "view_deleted"
	Routed         Action = "routed"   // a tag or stage gave somebody a task
	Tagged         Action = "tagged"   // tags by rules came to a record or left it
	Recycled       Action = "recycled" // customers came back into a pool, or their owners were told

	Requested        Action = "requested"
	RequestDecided   Action = "request_decided"
	RequestWithdrawn Action = "request_withdrawn"
	RequestExpired   Action = "request_expired"   // nobody decided in time
	RequestsReminded Action = "requests_reminded" // people were told of requests that wait, or have expired
	AwaySet          Action = "away_set"          // somebody said who stands in for them
	HandoverNote     Action = "handover_note"     // somebody wrote what they leave to who gets their records

	EmergencyOpened   Action = "emergency_opened"   // somebody opened a record in an emergency
	EmergencyMissed   Action = "emergency_missed"   // … or tried to, and there was none to open
	EmergencyEnded    Action = "emergency_ended"    // before its time
	EmergencyReviewed Action = "emergency_reviewed" // a verdict was given
	EmergencyReminded Action = "emergency_reminded" // people were told of reviews that are late

	AlertRaised  Action = "alert_raised" // somebody did what is out of the ordinary
	AlertJudged  Action = "alert_judged"
	FactorAsked  Action = "factor_asked" // of somebody who does nothing more before it is proved
	HoneyMarked  Action = "honey_marked" // a record that nobody has a reason to open, or no more
	WatchChanged Action = "watch_changed"
	StreamTried  Action = "stream_tried"   // a test event was sent where events go, and what came back
	StreamEnded  Action = "stream_stopped" // no more is sent there: the other end says that it is gone

	WatermarkShown  Action = "watermark_shown"  // the code on the pages of a session came into being
	WatermarkTraced Action = "watermark_traced" // somebody asked to whom a code leads

	MailChanged   Action = "mail_changed"   // by which server mail goes out
	MailAsked     Action = "mail_asked"     // a mail was asked for to try it, or to be sent again
	MailSent      Action = "mail_sent"      // a mail left the company's server
	MailFailed    Action = "mail_failed"    // … or was given up, or nobody knows whether it left
	ReportAsked   Action = "report_asked"   // of a month, out of turn
	ReportMade    Action = "report_made"    // a monthly report was made for somebody
	ReportFetched Action = "report_fetched" // … and taken out as a file

	WorkBegan     Action = "work_began"     // work in the background was taken up, once more where its worker died; a job goes on again
	WorkEnded     Action = "work_ended"     // … and is done, failed, was cancelled, or waits for the next start; a job cannot go on
	WorkCancelled Action = "work_cancelled" // somebody asked to end what is under way

	Copied        Action = "export_copied"     // an export got the code and the marks by which its copies are traced
	Checked       Action = "audit_checked"     // the log was verified, or that was asked for
	Traced        Action = "traced"            // it was asked whose copy a table is
	Archived      Action = "audit_archived"    // the log was taken out as an archive
	Moved         Action = "audit_moved"       // entries were put into an archive, out of the database
	ArchiveErased Action = "audit_rewritten"   // an archive was written anew, without what was erased
	ArchiveSpared Action = "audit_spared"      // a file of an archive was removed, of which everything stands elsewhere
	RetentionSet  Action = "audit_retention"   // how long entries stay was set
	Streamed      Action = "audit_streamed"    // somebody began to take entries out as a stream
	KeyChanged    Action = "audit_key_changed" // another key signs the heads of the log
	Rekeyed       Action = "rekeyed"           // the keysets of what is kept encrypted were rotated or wrapped anew
	PartsErased   Action = "audit_erased"      // personal data was taken out of the entries that are its records
)

// Entry is one thing that somebody did. The store fills in who, when and whence.
type Entry struct {
	Tenant   policy.ID
	Seq      int64 // rises within a tenant; set when written
	At       time.Time
	Actor    policy.ID // 0 for the program itself and for nobody (a failed sign-in)
	Job      string    // the program's job, when Actor is 0
	OnBehalf policy.ID // the person for whom Actor acted

	Action  Action
	Kind    policy.Kind
	Record  policy.ID   // the one record, if it is one
	Records []policy.ID // the records shown by a list or touched by a batch

	Channel, Address, Device, RequestID string
	Session, Token                      policy.ID // with what Actor was signed in

	Epoch  int64    // the policy under which it was decided
	Rules  []string // ids of the rules that let it through or refused it
	Fields []string // names of the fields shown plain, or changed
	Detail map[string]any
}

// longest bounds texts of the request in an entry.
const longest = 200

// Clean makes a text of the request fit for an entry: valid, without control characters (NUL
// among them, which PostgreSQL refuses), not longer than 200 characters.
func Clean(text string) string {
	text = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) {
			return -1
		}
		return r
	}, text)
	if utf8.RuneCountInString(text) > longest {
		text = string([]rune(text)[:longest-1]) + "…"
	}
	return text
}
