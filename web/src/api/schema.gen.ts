// Made by npm run gen from docs/openapi.json. Do not edit.
export interface paths {
    "/api/v1/access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What somebody holds, whence, and until when */
        get: operations["access"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is out of the ordinary, the newest first */
        get: operations["alerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the detectors are set */
        get: operations["watchSettings"];
        /** Set the detectors */
        put: operations["setWatchSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where events are sent, and how far that is */
        get: operations["stream"];
        /** Say where events are sent */
        put: operations["setStream"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/stream/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a signed test event there, and say what came back */
        post: operations["tryStream"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One alert, with the entries behind it */
        get: operations["alert"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}/ask-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for the second factor before anything else */
        post: operations["askFactorByAlert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Freeze the account */
        post: operations["freezeByAlert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}/verdict": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what it was */
        post: operations["judgeAlert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/chains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who decides requests */
        get: operations["chains"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/chains/{type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say who decides a type of request */
        put: operations["setChain"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/asks/page": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send my words about a page to those who administer the rules */
        post: operations["askPage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The audit log as an archive that verifies by itself */
        get: operations["auditArchive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/archives/{from}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The archive whose first leaf this is */
        get: operations["storedAuditArchive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Verify the whole audit log in the background */
        post: operations["verifyAudit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search the audit log: of a person, a record, an export, or all */
        get: operations["auditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an erasure would take out of the audit log */
        get: operations["planAuditErasure"];
        put?: never;
        /** Take personal data about a record out of the audit log */
        post: operations["eraseAudit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How long entries of the audit log stay, and which lie in archives */
        get: operations["auditRetention"];
        /** Say how long entries of the audit log stay */
        put: operations["setAuditRetention"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/seal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the audit log is sealed, by which key, and when it was last verified */
        get: operations["auditSeal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bulk/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a change of many records of mine is */
        get: operations["bulkChange"];
        put?: never;
        post?: never;
        /** End a change of many records; what is done stays */
        delete: operations["cancelBulk"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bulk/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put back what nobody has changed since */
        post: operations["undoBulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/colleagues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find colleagues by name, pinyin or initials */
        get: operations["colleagues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conditions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a condition means, or what is wrong with it */
        post: operations["condition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My devices */
        get: operations["devices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign a device of mine out and forget it */
        delete: operations["endDevice"];
        options?: never;
        head?: never;
        /** Give a device of mine a name */
        patch: operations["nameDevice"];
        trace?: never;
    };
    "/api/v1/emergencies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Emergencies: mine, for me to review, or those of my people */
        get: operations["emergencies"];
        put?: never;
        /** Open a record in an emergency, for a stated reason and a short time */
        post: operations["openEmergency"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/emergencies/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How often people opened records, and what the reviews found */
        get: operations["emergencyPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/emergencies/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an emergency opens in the company */
        get: operations["emergencySettings"];
        /** Say what an emergency opens in the company */
        put: operations["setEmergencySettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/emergencies/standing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I may open in an emergency, what I have open, and who reviews it */
        get: operations["emergencyStanding"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/emergencies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One emergency */
        get: operations["emergency"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/emergencies/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End an emergency at once */
        post: operations["endEmergency"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/emergencies/{id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give the verdict on an emergency that has ended */
        post: operations["reviewEmergency"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/emergencies/{id}/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was seen while a record was open */
        get: operations["emergencySeen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why an action or a field is open or closed */
        get: operations["explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My exports, the newest first */
        get: operations["exports"];
        put?: never;
        /** Ask for a list as a file */
        post: operations["createExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/blocked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The exports that were refused in the last 30 days, by person */
        get: operations["blockedExports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many rows people may export in a day */
        get: operations["exportLimits"];
        /** Say how many rows people may export in a day */
        put: operations["setExportLimits"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a file would hold */
        post: operations["previewExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far an export of mine is */
        get: operations["export"];
        put?: never;
        post?: never;
        /** Cancel an export of mine */
        delete: operations["cancelExport"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The file of an export of mine */
        get: operations["exportFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How my second factor stands */
        get: operations["factor"];
        put?: never;
        /** Begin a second factor: its secret is shown this once */
        post: operations["beginFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/factor/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** New codes of recovery in the place of mine */
        post: operations["recoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put my second factor in force by a first code; the codes of recovery are shown this once */
        post: operations["confirmFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/factor/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep the passkey that the browser made; codes of recovery are shown this once */
        post: operations["addPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/factor/passkeys/begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a passkey: what the browser makes it of */
        post: operations["beginPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/factor/passkeys/challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What the browser has one of my passkeys sign */
        post: operations["askPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/factor/passkeys/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prove my second factor in this session by a passkey */
        post: operations["provePasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/factor/passkeys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Give one of my passkeys another name */
        patch: operations["namePasskey"];
        trace?: never;
    };
    "/api/v1/factor/passkeys/{id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove one of my passkeys */
        post: operations["removePasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/factor/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prove my second factor in this session */
        post: operations["proveFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/factor/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remove my second factor */
        post: operations["removeFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/figures/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts and sums over a list, by group */
        get: operations["figures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Temporary access that was given */
        get: operations["grants"];
        put?: never;
        /** Give somebody temporary access */
        post: operations["grant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grants/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What temporary access would give; nothing is given */
        post: operations["planGrant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take temporary access back */
        delete: operations["revokeGrant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grants/{id}/extend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give temporary access again, until another end */
        post: operations["extendGrant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grants/{id}/view": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The one view that temporary access was given for, which uses it up */
        post: operations["viewGranted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/honey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The records that nobody has a reason to open */
        get: operations["honeyMarks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/honey/{kind}/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Mark a record as one that nobody has a reason to open */
        put: operations["markHoney"];
        post?: never;
        /** Take such a mark off */
        delete: operations["unmarkHoney"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My imports, the newest first */
        get: operations["imports"];
        put?: never;
        /** Bring a table in, or try it */
        post: operations["createImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look at a table before it is imported */
        post: operations["previewImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far an import of mine is */
        get: operations["import"];
        put?: never;
        post?: never;
        /** Cancel an import of mine */
        delete: operations["cancelImport"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/ask-head": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask those over who looks after rows of an import of mine */
        post: operations["askHeadsOf"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was wrong with the rows */
        get: operations["importErrors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/revert": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an import of mine back, or try it */
        post: operations["revertImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The kinds and fields that some rule lets me see */
        get: operations["kinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What mail went out, waits or failed, the newest first */
        get: operations["mails"];
        put?: never;
        /** Send a mail to see whether it arrives */
        post: operations["tryMail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mail/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** By which server mail goes out */
        get: operations["mailSettings"];
        /** Say by which server mail goes out */
        put: operations["setMailSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mail/{id}/again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a mail anew that failed, or of which nobody knows whether it arrived */
        post: operations["mailAgain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who I am and where I stand */
        get: operations["me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/away": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether I am away, and who stands in for me */
        get: operations["away"];
        /** Say who stands in for me while I am away */
        put: operations["setAway"];
        post?: never;
        /** End my absence */
        delete: operations["comeBack"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/handover-note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I leave to who will get my records */
        get: operations["ownNote"];
        /** Write what I leave to who will get my records; without words it is taken back */
        put: operations["setOwnNote"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/merges/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a merge apart again */
        post: operations["undoMerge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I am told, the newest first */
        get: operations["notices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark notices of mine as read */
        post: operations["readNotices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/unread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much of it I have not read, up to 100 */
        get: operations["unreadNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open the accounts of people without a password; first passwords are shown this once */
        post: operations["handOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/appointments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Somebody's appointments */
        get: operations["appointments"];
        put?: never;
        /** Put somebody into a unit */
        post: operations["appoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/appointments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End an appointment now */
        delete: operations["endAppointment"];
        options?: never;
        head?: never;
        /** Move the ends of an appointment */
        patch: operations["changeAppointment"];
        trace?: never;
    };
    "/api/v1/org/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change the organisation, all of it or nothing: join, move, leave */
        post: operations["reorganise"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/impact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who would gain or lose what by changes of the organisation */
        post: operations["orgImpact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/people/{id}/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How somebody signs in */
        get: operations["personAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/people/{id}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Somebody's devices */
        get: operations["personDevices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/people/{id}/devices/{device}/admit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let somebody sign in from a device that waits or is blocked */
        post: operations["admitDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/people/{id}/devices/{device}/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Block somebody's device; it is signed out at once */
        post: operations["blockDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/people/{id}/devices/{device}/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign somebody's device out */
        post: operations["signOutDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/people/{id}/factor/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take somebody else's second factor away */
        post: operations["resetFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/people/{id}/leaving": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much somebody owns, kind by kind */
        get: operations["leaving"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/people/{id}/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let somebody sign in again */
        post: operations["openAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/people/{id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Give somebody else a password */
        put: operations["givePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/people/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign somebody out and keep them out */
        post: operations["stopAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/people/{id}/thaw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a frozen account again */
        post: operations["thawAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The pools */
        get: operations["pools"];
        put?: never;
        /** Make a pool */
        post: operations["createPool"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/pools/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The limits of a pool, and how much of them I have used up */
        get: operations["poolStanding"];
        put?: never;
        post?: never;
        /** Remove an empty pool */
        delete: operations["deletePool"];
        options?: never;
        head?: never;
        /** Rename a pool and say to whom it is open */
        patch: operations["updatePool"];
        trace?: never;
    };
    "/api/v1/org/pools/{id}/recycling": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the last recycling into a pool is */
        get: operations["poolRun"];
        put?: never;
        /** Recycle into a pool now, in the background */
        post: operations["recyclePool"];
        /** End the recycling into a pool; what came back stays */
        delete: operations["cancelPoolRun"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/pools/{id}/recyclings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The recyclings into a pool, the newest first */
        get: operations["poolRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/pools/{id}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say how a pool is worked with */
        put: operations["setPool"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/positions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The positions */
        get: operations["positions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/positions/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make or rename a position */
        put: operations["putPosition"];
        post?: never;
        /** Remove a position that nothing names */
        delete: operations["deletePosition"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organisation */
        get: operations["units"];
        put?: never;
        /** Add a unit */
        post: operations["createUnit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org/units/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove an empty unit */
        delete: operations["deleteUnit"];
        options?: never;
        head?: never;
        /** Rename, move, place or re-head a unit */
        patch: operations["updateUnit"];
        trace?: never;
    };
    "/api/v1/org/units/{id}/appointments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who holds which position in a unit */
        get: operations["unitAppointments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change my password; my other sessions end */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/assignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the packs hang on */
        get: operations["assignments"];
        put?: never;
        /** Hang a pack on people */
        post: operations["assignPack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/assignments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take an assignment away */
        delete: operations["unassignPack"];
        options?: never;
        head?: never;
        /** Give an assignment another window */
        patch: operations["changeAssignment"];
        trace?: never;
    };
    "/api/v1/policy/blocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Pieces from which packs are put together */
        get: operations["policyBlocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Drafts of the policy */
        get: operations["policyDrafts"];
        put?: never;
        /** Begin a draft */
        post: operations["createPolicyDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/drafts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A draft with its document, what it changes and what is wrong with it */
        get: operations["policyDraft"];
        put?: never;
        post?: never;
        /** Give a draft up */
        delete: operations["discardPolicyDraft"];
        options?: never;
        head?: never;
        /** Rename a draft or change its document */
        patch: operations["editPolicyDraft"];
        trace?: never;
    };
    "/api/v1/policy/drafts/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm a draft of somebody else, and put it in force */
        post: operations["confirmPolicyDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/drafts/{id}/impact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who would gain or lose what by a draft */
        post: operations["draftImpact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/drafts/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a draft in force, or let it wait for a second person */
        post: operations["publishPolicyDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/drafts/{id}/rebase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring a draft up to the policy in force */
        post: operations["rebasePolicyDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/drafts/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a draft that waits back */
        post: operations["refusePolicyDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The fields that the company added */
        get: operations["customFields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/fields/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Put the fields of a kind in another order */
        put: operations["orderCustomFields"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/fields/{kind}/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Add a field at version 0, or change it */
        put: operations["putCustomField"];
        post?: never;
        /** Remove a field with its values */
        delete: operations["deleteCustomField"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/impact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who would gain or lose what by a draft */
        post: operations["impact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that a rule can name */
        get: operations["ruleKinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/matrix": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What positions, units and people may do, or see of each field */
        post: operations["matrix"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/matrix/cell": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where one cell of the matrix comes from */
        get: operations["matrixCell"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/packs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The packs, rule by rule */
        get: operations["packs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sharing rules and guards that were written */
        get: operations["rules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/rules/{rule}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Write a sharing rule or guard */
        put: operations["putRule"];
        post?: never;
        /** Take a written rule away */
        delete: operations["deleteRule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/rules/{rule}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring the end of a sharing rule forward, and change nothing else of it */
        post: operations["endRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/stages/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The stages of a kind, their moves, and what speaks of them */
        get: operations["stages"];
        /** Write the stages of a kind */
        put: operations["putStages"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/tags/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When the tags of each kind were derived last */
        get: operations["tagRuns"];
        put?: never;
        /** Derive the tags of a kind in the background */
        post: operations["runTags"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/tags/runs/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End the derivation of the tags of a kind; what was derived stays */
        delete: operations["cancelTags"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/tags/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Of how many records a rule of tags holds; nothing is written */
        post: operations["tryTagRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sharing rules and guards to begin with */
        get: operations["ruleTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The versions of the policy, the newest first */
        get: operations["policyVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/versions/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A version with its document */
        get: operations["policyVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/versions/{number}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** By what a version differs from another */
        get: operations["policyDiff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/versions/{number}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a version in force again, or let that wait for a second person */
        post: operations["rollbackPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The pools of which I may claim or assign records, and what is left of their limits */
        get: operations["myPools"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page of a kind */
        get: operations["listRecords"];
        put?: never;
        /** Make a record */
        post: operations["createRecord"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/ask-head": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask those over who looks after a record like mine, whether there is one or not */
        post: operations["askHead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change or delete several records, all or none */
        post: operations["batchRecords"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do the change that was looked at */
        post: operations["bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/bulk/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a change of many records would do, and why not to all of them */
        post: operations["previewBulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Records of mine like one that I am about to make */
        post: operations["duplicates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/looked-after": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether somebody looks after a record like mine, for who has the right to know */
        post: operations["lookedAfter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/pool": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Claim, assign or release many records, and tell of each what became of it */
        post: operations["poolMany"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tags on records of mine, the most used first */
        get: operations["tags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One record */
        get: operations["getRecord"];
        put?: never;
        post?: never;
        /** Delete a record */
        delete: operations["deleteRecord"];
        options?: never;
        head?: never;
        /** Change fields of a record */
        patch: operations["updateRecord"];
        trace?: never;
    };
    "/api/v1/records/{kind}/{id}/ask": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send my words to the head over a record that I cannot read, whether there is one or not */
        post: operations["askUnseen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a record, also one in a pool, an owner */
        post: operations["assign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/{id}/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The files of a record */
        get: operations["attachments"];
        put?: never;
        /** Put a file to a record */
        post: operations["attach"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/{id}/attachments/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a file off a record */
        delete: operations["deleteAttachment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/{id}/attachments/{file}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file of a record */
        get: operations["attachmentFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/{id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Become the owner of a record that lies in a pool */
        post: operations["claim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/{id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was written below a record */
        get: operations["comments"];
        put?: never;
        /** Write below a record */
        post: operations["addComment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/{id}/comments/{comment}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a comment */
        delete: operations["deleteComment"];
        options?: never;
        head?: never;
        /** Change a comment of mine */
        patch: operations["editComment"];
        trace?: never;
    };
    "/api/v1/records/{kind}/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make one of two records; the other one is merged into this */
        post: operations["merge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/{id}/merged": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The record that a record was merged into */
        get: operations["mergedInto"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a record into a pool */
        post: operations["release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/{id}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** One masked field of a record, for a reason */
        post: operations["reveal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/{id}/team": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The collaborators of a record */
        get: operations["team"];
        put?: never;
        /** Bring somebody onto a record */
        post: operations["addCollaborator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/{id}/team/{person}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take somebody off a record */
        delete: operations["removeCollaborator"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What has to do with a record, the newest first */
        get: operations["timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/{id}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a record another owner, with what hangs on it */
        post: operations["transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{kind}/{id}/transfer/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether I may transfer a record, and what would go along */
        post: operations["planTransfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My monthly reports, the newest first */
        get: operations["reports"];
        put?: never;
        /** Ask for the reports of a month out of turn */
        post: operations["askReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A report as it was made */
        get: operations["report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A report as PDF */
        get: operations["reportFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests of mine, for me to decide, or everybody's */
        get: operations["requests"];
        put?: never;
        /** Ask for access or an export */
        post: operations["ask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests/waiting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many requests wait for my decision */
        get: operations["requestsForMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One request */
        get: operations["request"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve a request */
        post: operations["approveRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests/{id}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The records of a request for a change of many */
        get: operations["requestRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuse a request */
        post: operations["refuseRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/requests/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a request of mine back */
        post: operations["withdrawRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reveal/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What revealing a field takes */
        get: operations["revealSettings"];
        /** Say what revealing a field takes */
        put: operations["setRevealSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reveal/today": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What revealing takes, and how much of my day is left */
        get: operations["revealDay"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom a tag or stage concerns when it appears */
        get: operations["routings"];
        put?: never;
        /** Add a routing */
        post: operations["createRouting"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/routings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Write a routing anew */
        put: operations["updateRouting"];
        post?: never;
        /** Take a routing away */
        delete: operations["deleteRouting"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sandboxes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sandboxes that I opened or am in */
        get: operations["sandboxes"];
        put?: never;
        /** Open a sandbox */
        post: operations["createSandbox"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sandboxes/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What would be put into a sandbox; nothing is */
        post: operations["planShare"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sandboxes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A sandbox that I opened or was in */
        get: operations["sandbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Give a sandbox another title */
        patch: operations["changeSandbox"];
        trace?: never;
    };
    "/api/v1/sandboxes/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a sandbox */
        post: operations["endSandbox"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sandboxes/{id}/extend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decide a sandbox anew, until another end */
        post: operations["extendSandbox"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sandboxes/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring people into a sandbox, or give them another part */
        post: operations["addMembers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sandboxes/{id}/members/{person}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take somebody out of a sandbox, or leave it */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sandboxes/{id}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put records into a sandbox */
        post: operations["addShare"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sandboxes/{id}/shares/{share}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take out of a sandbox what was put there */
        delete: operations["withdrawShare"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sandboxes/{id}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was seen and changed in a sandbox, and by whom */
        get: operations["sandboxStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sandboxes/{id}/statement/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as a table */
        get: operations["sandboxStatementFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find records of any kind by their text */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sees": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What somebody sees of each kind, and through which rules */
        get: operations["sees"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with login and password */
        post: operations["signIn"];
        /** Sign out */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What the browser has a passkey sign for a sign-in that follows */
        post: operations["askPasskeyToSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A stream that says when this session is over */
        get: operations["sessionStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My sessions */
        get: operations["sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of my sessions */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether nobody has set this installation up yet */
        get: operations["setupNeeded"];
        put?: never;
        /** Set the company up and sign its administrator in */
        post: operations["setUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup/trades": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What companies of each trade begin with, for who has the code */
        post: operations["setupTrades"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-in/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the company asks of those who sign in */
        get: operations["signInSettings"];
        /** Say what the company asks of those who sign in */
        put: operations["setSignInSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Of what I may have statistics, by which groups */
        get: operations["statisticsOffer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/statistics/of/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts, sums and averages of records that I need not see, by group */
        get: operations["statistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/statistics/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Of how many records a figure of the statistics is at least */
        get: operations["statisticsSettings"];
        /** Say of how many records a figure is at least */
        put: operations["setStatisticsSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My API tokens */
        get: operations["tokens"];
        put?: never;
        /** Make an API token; its secret is shown this once */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke one of my API tokens */
        delete: operations["revokeToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whose export a table or a text is a copy of */
        post: operations["trace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/traces/canaries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The invented rows that were given out, and whose copies have them */
        get: operations["canaries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/traces/export-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The export that has a code */
        post: operations["traceExportCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/traces/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How exports are marked */
        get: operations["markSettings"];
        /** Say how exports are marked */
        put: operations["setMarkSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The views of a kind: mine and those shared with me */
        get: operations["views"];
        put?: never;
        /** Save a view */
        post: operations["saveView"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/views/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a view */
        delete: operations["deleteView"];
        options?: never;
        head?: never;
        /** Change a view of mine, or say that a list opens with it */
        patch: operations["changeView"];
        trace?: never;
    };
    "/api/v1/watermark/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Over whose pages the watermark lies */
        get: operations["watermarkSettings"];
        /** Say over whose pages the watermark lies */
        put: operations["setWatermarkSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/watermark/trace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** To whose session the code of a watermark leads */
        post: operations["traceWatermark"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/who-can": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may do something with a record */
        get: operations["whoCan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server runs */
        get: operations["healthy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server can answer */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Access: {
            epoch: number;
            grants: components["schemas"]["Grant"][];
            kinds: components["schemas"]["KindAccess"][];
            more: boolean;
            person: components["schemas"]["Name"];
            pools: components["schemas"]["Name"][];
            posts: components["schemas"]["MyAppointment"][];
            sandboxes: components["schemas"]["SandboxAccess"][];
            teams: components["schemas"]["TeamAccess"][];
        };
        AccessAsk: {
            edit?: boolean;
            fields: string[];
            hours: number;
            kind: string;
            /** @description An id: a decimal number below 2^53. */
            record: string;
        };
        AccessChange: {
            actions?: string[];
            person: components["schemas"]["Name"];
            /** Format: date-time */
            until?: string;
        };
        AccessClause: {
            label: components["schemas"]["Label"];
            type: string;
        };
        AccessWay: {
            effect: string;
            from: components["schemas"]["Label"];
            holds: components["schemas"]["AccessClause"][];
            origin: components["schemas"]["Origin"];
            rule: string;
            sentence: components["schemas"]["Label"];
            /** Format: date-time */
            until?: string;
        };
        Account: {
            /** Format: date-time */
            changed_at?: string;
            factor: boolean;
            /** Format: date-time */
            frozen_at?: string;
            frozen_why?: string;
            login: string;
            open: boolean;
            password: boolean;
            /** @description An id: a decimal number below 2^53. */
            person: string;
            /** Format: date-time */
            stopped_at?: string;
        };
        AddedPasskey: {
            codes: string[];
            passkey: components["schemas"]["Passkey"];
        };
        Alert: {
            /** Format: date-time */
            at: string;
            by?: components["schemas"]["Name"];
            can: string[];
            detector: string;
            done: string;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            /** Format: date-time */
            judged_at?: string;
            kind?: string;
            note?: string;
            numbers: components["schemas"]["Numbers"];
            person: components["schemas"]["Name"];
            /** @description An id: a decimal number below 2^53. */
            record?: string;
            state: string;
        };
        AlertCount: {
            confirmed: number;
            count: number;
            detector: string;
            dismissed: number;
        };
        AlertDetail: {
            archived?: components["schemas"]["ArchivedSpan"];
            /** Format: date-time */
            at: string;
            by?: components["schemas"]["Name"];
            can: string[];
            detector: string;
            done: string;
            entries: components["schemas"]["AlertEntry"][];
            frozen: boolean;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            /** Format: date-time */
            judged_at?: string;
            kind?: string;
            note?: string;
            numbers: components["schemas"]["Numbers"];
            person: components["schemas"]["Name"];
            /** @description An id: a decimal number below 2^53. */
            record?: string;
            state: string;
        };
        AlertEntry: {
            action: string;
            address?: string;
            /** Format: date-time */
            at: string;
            channel: string;
            kind?: string;
            /** @description An id: a decimal number below 2^53. */
            record?: string;
            records?: number;
            seq: number;
        };
        AlertPage: {
            items: components["schemas"]["Alert"][];
            /** @description An id: a decimal number below 2^53. */
            next?: string;
            open: number;
        };
        AlertVerdict: {
            note: string;
            verdict: string;
        };
        Appointment: {
            /** Format: date-time */
            from: string;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            person: components["schemas"]["Name"];
            position: components["schemas"]["PositionTag"];
            state: string;
            unit: components["schemas"]["Name"];
            /** Format: date-time */
            until?: string;
            version: number;
        };
        AppointmentChange: {
            /** Format: date-time */
            from?: string;
            open?: boolean;
            /** Format: date-time */
            until?: string;
        };
        AppointmentList: {
            items: components["schemas"]["Appointment"][];
        };
        ArchivedSpan: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            until: string;
        };
        AskedAlong: {
            count: number;
            kind: string;
            label: components["schemas"]["Label"];
        };
        AskedChange: {
            fields: components["schemas"]["ChangedField"][];
            refs: {
                [key: string]: string;
            };
            since?: boolean;
            version: number;
        };
        AskedCreate: {
            fields: components["schemas"]["ChangedField"][];
            made?: components["schemas"]["Link"];
            refs: {
                [key: string]: string;
            };
        };
        AskedDelete: {
            since?: boolean;
            version: number;
        };
        AskedField: {
            label: components["schemas"]["Label"];
            name: string;
        };
        AskedHeads: {
            asked: number;
            open: number;
        };
        AskedMass: {
            action: string;
            came?: components["schemas"]["MassCame"];
            count: number;
            fields: components["schemas"]["ChangedField"][];
            note?: string;
            refs: {
                [key: string]: string;
            };
            sample: components["schemas"]["Link"][];
            tags?: components["schemas"]["MassTags"];
            to?: components["schemas"]["Name"];
            with?: string[];
        };
        AskedPage: {
            page: string;
            purpose: string;
        };
        AskedPool: {
            action: string;
            into?: components["schemas"]["Name"];
            many?: components["schemas"]["AskedPooled"];
            reason?: string;
            to?: components["schemas"]["Name"];
        };
        AskedPooled: {
            came?: components["schemas"]["PoolCame"];
            count: number;
            left?: components["schemas"]["PooledRow"][];
            sample: components["schemas"]["Link"][];
        };
        AskedRecords: {
            items: components["schemas"]["Link"][];
            next?: string;
        };
        AskedTransfer: {
            along: components["schemas"]["AskedAlong"][];
            keep_access?: number;
            note?: string;
            to: components["schemas"]["Name"];
        };
        AskedWords: {
            purpose: string;
        };
        Assigning: {
            /** @description An id: a decimal number below 2^53. */
            person: string;
        };
        Assignment: {
            /** Format: date-time */
            from?: string;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            pack: string;
            /** Format: date-time */
            until?: string;
            who: components["schemas"]["Clause"];
        };
        AssignmentList: {
            items: components["schemas"]["Assignment"][];
        };
        Attachment: {
            author: components["schemas"]["Name"];
            can: string[];
            /** Format: date-time */
            created_at: string;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            media: string;
            name: string;
            size: number;
        };
        AttachmentForm: {
            file: string;
        };
        Attachments: {
            can: string[];
            items: components["schemas"]["Attachment"][];
            limit: number;
        };
        AuditAsked: {
            /** @description An id: a decimal number below 2^53. */
            export?: string;
            /** Format: date-time */
            from?: string;
            group?: string;
            kind?: string;
            person?: components["schemas"]["Name"];
            /** @description An id: a decimal number below 2^53. */
            record?: string;
            /** Format: date-time */
            until?: string;
        };
        AuditCheck: {
            by?: components["schemas"]["Name"];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            finished_at?: string;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            looked: number;
            problem?: components["schemas"]["Trouble"];
            report?: components["schemas"]["Report"];
            status: string;
            total: number;
        };
        AuditFact: {
            /** Format: date-time */
            at?: string;
            ids?: string[];
            key: string;
            label?: components["schemas"]["Label"];
            number?: number;
            person?: components["schemas"]["Name"];
            text?: string;
            word?: string;
        };
        AuditFolder: {
            /** Format: date-time */
            created_at: string;
            erasures?: number;
            file: string;
            from: number;
            /** Format: date-time */
            from_at: string;
            removed: boolean;
            sha256: string;
            size: number;
            until: number;
            /** Format: date-time */
            until_at: string;
        };
        AuditItem: {
            action: string;
            address?: string;
            asked?: components["schemas"]["AuditAsked"];
            /** Format: date-time */
            at: string;
            barred?: string;
            before?: string;
            beside?: boolean;
            changed?: components["schemas"]["AuditPart"][];
            changes?: components["schemas"]["FieldChange"][];
            channel: string;
            code?: string;
            count?: number;
            device?: string;
            epoch: number;
            /** @description An id: a decimal number below 2^53. */
            export?: string;
            facts?: components["schemas"]["AuditFact"][];
            fields: components["schemas"]["AskedField"][];
            /** @description An id: a decimal number below 2^53. */
            grant?: string;
            job?: string;
            kind?: string;
            kind_label?: components["schemas"]["Label"];
            name?: string;
            near?: components["schemas"]["AuditRule"][];
            on_behalf?: components["schemas"]["Name"];
            operation?: string;
            outcome?: string;
            person?: components["schemas"]["Name"];
            reason?: string;
            record?: components["schemas"]["Link"];
            refused?: string;
            /** @description An id: a decimal number below 2^53. */
            request?: string;
            rules: components["schemas"]["AuditRule"][];
            /** @description An id: a decimal number below 2^53. */
            seq: string;
            /** @description An id: a decimal number below 2^53. */
            session?: string;
            status?: number;
            /** @description An id: a decimal number below 2^53. */
            token?: string;
            verdict?: string;
            version?: number;
            work?: components["schemas"]["WorkTurn"];
        };
        AuditPage: {
            archived?: components["schemas"]["ArchivedSpan"];
            items: components["schemas"]["AuditItem"][];
            next?: string;
        };
        AuditPart: {
            id: string;
            label?: components["schemas"]["Label"];
            op: string;
            part: string;
        };
        AuditRule: {
            id: string;
            scene?: components["schemas"]["Label"];
        };
        AuditSeal: {
            /** Format: date-time */
            at?: string;
            check?: components["schemas"]["AuditCheck"];
            keys: components["schemas"]["SealKey"][];
            late: boolean;
            origin?: string;
            root?: string;
            /** Format: date-time */
            since?: string;
            size: number;
            takes: boolean;
            waiting: number;
        };
        Away: {
            /** Format: date-time */
            from: string;
            stand_in: components["schemas"]["Name"];
            /** Format: date-time */
            until: string;
        };
        AwayNow: {
            away?: components["schemas"]["Away"];
        };
        Batch: {
            delete?: boolean;
            fields?: {
                [key: string]: unknown;
            };
            ids: components["schemas"]["Target"][];
        };
        BlockedExport: {
            address?: string;
            /** Format: date-time */
            at: string;
            channel: string;
            code: string;
            kind?: string;
            kind_label?: components["schemas"]["Label"];
            person: components["schemas"]["Name"];
        };
        BlockedExports: {
            items: components["schemas"]["BlockedExport"][];
            people: components["schemas"]["BlockedPerson"][];
            /** Format: date-time */
            since: string;
        };
        BlockedPerson: {
            count: number;
            /** Format: date-time */
            last: string;
            person: components["schemas"]["Name"];
        };
        BrokenGlass: {
            /** Format: date-time */
            at: string;
            by: components["schemas"]["Somebody"];
            label: components["schemas"]["Words"];
            reason: string;
            verdict?: string;
        };
        Canary: {
            /** Format: date-time */
            at: string;
            code: string;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            kind: string;
            login?: string;
            name: string;
            person?: components["schemas"]["Name"];
            phone: string;
        };
        CanaryPage: {
            items: components["schemas"]["Canary"][];
            /** @description An id: a decimal number below 2^53. */
            next?: string;
        };
        Chain: {
            default: components["schemas"]["Step"][];
            label: components["schemas"]["Label"];
            named: components["schemas"]["Name"][];
            steps: components["schemas"]["Step"][];
            type: string;
            version: number;
        };
        ChainList: {
            items: components["schemas"]["Chain"][];
        };
        ChainSteps: {
            steps: components["schemas"]["Step"][];
        };
        ChangeAsk: {
            fields: {
                [key: string]: unknown;
            };
            kind: string;
            /** @description An id: a decimal number below 2^53. */
            record: string;
            version: number;
        };
        ChangeSentence: {
            after?: components["schemas"]["Label"];
            before?: components["schemas"]["Label"];
        };
        ChangedEnds: {
            /** Format: date-time */
            from?: string;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            open?: boolean;
            /** Format: date-time */
            until?: string;
            version: number;
        };
        ChangedField: {
            after?: unknown;
            before?: unknown;
            label: components["schemas"]["Label"];
            name: string;
            seen: boolean;
        };
        Choice: {
            code: string;
            label: components["schemas"]["Label"];
            outcome?: string;
            retired?: boolean;
        };
        Clause: {
            below?: boolean;
            everyone?: boolean;
            /** @description An id: a decimal number below 2^53. */
            person?: string;
            position?: string;
            /** @description An id: a decimal number below 2^53. */
            unit?: string;
        };
        Collaborator: {
            /** Format: date-time */
            from?: string;
            person: components["schemas"]["Name"];
            /** Format: date-time */
            until?: string;
        };
        CollaboratorList: {
            items: components["schemas"]["Collaborator"][];
        };
        Colleague: {
            /** @description An id: a decimal number below 2^53. */
            id: string;
            name: string;
            unit?: string;
        };
        ColleagueList: {
            items: components["schemas"]["Colleague"][];
        };
        Comment: {
            author: components["schemas"]["Name"];
            can: string[];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            edited_at?: string;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            mentions: components["schemas"]["Name"][];
            text: string;
        };
        Comments: {
            can: string[];
            items: components["schemas"]["Comment"][];
            next?: string;
        };
        Cond: {
            args?: components["schemas"]["Cond"][];
            cel?: string;
            field?: string;
            meters?: number;
            op: string;
            point?: components["schemas"]["LatLng"];
            relation?: string;
            value?: components["schemas"]["Operand"];
            values?: components["schemas"]["Operand"][];
        };
        Condition: {
            cel?: string;
            cond?: components["schemas"]["Cond"];
            errors: components["schemas"]["ConditionProblem"][];
            matching?: components["schemas"]["Matching"];
            sentence?: components["schemas"]["Label"];
        };
        ConditionProblem: {
            at: string;
            code: string;
            detail: string;
            params?: {
                [key: string]: unknown;
            };
        };
        ConditionText: {
            cel?: string;
            cond?: components["schemas"]["Cond"];
            kind: string;
            rule?: boolean;
        };
        CreateAsk: {
            fields: {
                [key: string]: unknown;
            };
            kind: string;
        };
        CustomField: {
            choices?: components["schemas"]["Choice"][];
            class: string;
            encrypted?: boolean;
            group?: components["schemas"]["TagGroup"];
            key: string;
            kind: string;
            label: components["schemas"]["Label"];
            link?: string;
            /** @enum {string} */
            mask?: "hidden" | "masked:constant" | "masked:year" | "masked:district" | "masked:domain" | "masked:range" | "masked:tail" | "masked:ends" | "masked" | "plain";
            required?: boolean;
            search?: boolean;
            type: string;
        };
        CustomFieldParts: {
            choices?: components["schemas"]["Choice"][];
            class: string;
            encrypted?: boolean;
            group?: components["schemas"]["TagGroup"];
            label: components["schemas"]["Label"];
            link?: string;
            /** @enum {string} */
            mask?: "hidden" | "masked:constant" | "masked:year" | "masked:district" | "masked:domain" | "masked:range" | "masked:tail" | "masked:ends" | "masked" | "plain";
            required?: boolean;
            search?: boolean;
            type: string;
        };
        DecisionWords: {
            words?: string;
        };
        Deeds: {
            denials: number;
            exports: number;
            opened: number;
            reveals: number;
            rows: number;
            seen: number;
        };
        DeleteAsk: {
            kind: string;
            /** @description An id: a decimal number below 2^53. */
            record: string;
            version: number;
        };
        Device: {
            address: string;
            aged: boolean;
            /** Format: date-time */
            asked_at?: string;
            /** Format: date-time */
            blocked_at?: string;
            class: string;
            current: boolean;
            family: string;
            /** Format: date-time */
            first_at: string;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            /** Format: date-time */
            known_since?: string;
            label: string;
            /** Format: date-time */
            last_seen_at: string;
            sessions: number;
        };
        DeviceList: {
            items: components["schemas"]["Device"][];
        };
        DeviceName: {
            label: string;
        };
        Document: {
            assignments: components["schemas"]["Assignment"][];
            packs: components["schemas"]["PackDocument"][];
            rules: components["schemas"]["RuleDocument"][];
        };
        Draft: {
            assign?: components["schemas"]["Assignment"][];
            delete?: string[];
            kinds?: string[];
            people?: string[];
            put?: components["schemas"]["Rule"][];
            unassign?: string[];
        };
        DraftFields: {
            document?: components["schemas"]["Document"];
            name?: string;
        };
        DraftImpact: {
            /** @description An id: a decimal number below 2^53. */
            after?: string;
            kinds?: string[];
            limit?: number;
            people?: string[];
        };
        DraftNote: {
            /** Format: date-time */
            at: string;
            by: components["schemas"]["Name"];
            note: string;
        };
        Duplicate: {
            asks?: string[];
            by: string[];
            can: string[];
            can_ask?: string[];
            covered?: string[];
            editable: string[];
            fields: {
                [key: string]: unknown;
            };
            follow?: boolean;
            hidden: string[];
            /** @description An id: a decimal number below 2^53. */
            id: string;
            kind: string;
            masked: {
                [key: string]: string;
            };
            refs: {
                [key: string]: components["schemas"]["Link"];
            };
            reveal?: string[];
            title: string;
            version: number;
        };
        Duplicates: {
            found: boolean;
            mine: components["schemas"]["Duplicate"][];
        };
        Duty: {
            approval?: string[];
            reason?: boolean;
            second_factor?: boolean;
            watermark?: boolean;
        };
        Emergency: {
            can: string[];
            classes: string[];
            /** Format: date-time */
            due_at: string;
            /** Format: date-time */
            ended_at?: string;
            ended_by?: components["schemas"]["Name"];
            /** Format: date-time */
            from: string;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            kind: string;
            kind_label: components["schemas"]["Label"];
            /** Format: date-time */
            late_at: string;
            note?: string;
            open: boolean;
            owner?: components["schemas"]["Name"];
            person: components["schemas"]["Name"];
            reason: string;
            record: components["schemas"]["Link"];
            review: string;
            /** Format: date-time */
            reviewed_at?: string;
            reviewed_by?: components["schemas"]["Name"];
            reviewers: components["schemas"]["Name"][];
            /** Format: date-time */
            until: string;
            with: components["schemas"]["EmergencyPart"][];
        };
        EmergencyCounts: {
            late: number;
            missed: number;
            month: number;
            open: number;
            person: components["schemas"]["Name"];
            quarter: number;
            unjustified: number;
            waiting: number;
        };
        EmergencyCountsList: {
            items: components["schemas"]["EmergencyCounts"][];
        };
        EmergencyKind: {
            fields: components["schemas"]["AskedField"][];
            kind: string;
            label: components["schemas"]["Label"];
            with: components["schemas"]["EmergencyPart"][];
        };
        EmergencyPage: {
            items: components["schemas"]["Emergency"][];
            next?: string;
        };
        EmergencyPart: {
            field: string;
            kind: string;
            label: components["schemas"]["Label"];
            relation: string;
        };
        EmergencySeen: {
            action: string;
            /** Format: date-time */
            at: string;
            fields: components["schemas"]["AskedField"][];
            kind: string;
            label: components["schemas"]["Label"];
            /** @description An id: a decimal number below 2^53. */
            record: string;
        };
        EmergencySeenList: {
            items: components["schemas"]["EmergencySeen"][];
        };
        EmergencySettings: {
            classes: string[];
            kinds: string[];
            late_hours: number;
            minutes: number;
            per_day: number;
            review_hours: number;
        };
        EmergencyStanding: {
            configure: boolean;
            for_me: number;
            kinds: components["schemas"]["EmergencyKind"][];
            left: number;
            may: boolean;
            open: components["schemas"]["Emergency"][];
            oversees: boolean;
            reviewers: components["schemas"]["Name"][];
            settings: components["schemas"]["EmergencySettings"];
        };
        EmergencyVerdict: {
            note: string;
            verdict: string;
        };
        Enacted: {
            draft?: components["schemas"]["PolicyDraft"];
            version?: components["schemas"]["PolicyVersion"];
        };
        EndedNow: {
            /** @description An id: a decimal number below 2^53. */
            id: string;
            version: number;
        };
        Erased: {
            archives: number;
            entries: number;
        };
        ErasurePlan: {
            archives: number;
            details: number;
            kind: string;
            kind_label?: components["schemas"]["Label"];
            more: boolean;
            origins: number;
            record: components["schemas"]["Link"];
            waiting: boolean;
            writing: number;
        };
        Evidence: {
            agrees: boolean;
            form: string;
            row: number;
            text: string;
        };
        Explanation: {
            allowed: boolean;
            asks?: boolean;
            epoch: number;
            forbids: components["schemas"]["Reason"][];
            level?: string;
            missing: components["schemas"]["Reason"][];
            permits: components["schemas"]["Reason"][];
            sets?: boolean;
        };
        ExportAsk: {
            comments?: boolean;
            fields?: string[];
            filter?: string;
            format: string;
            kind: string;
            lang?: string;
            q?: string;
            /** @description An id: a decimal number below 2^53. */
            record?: string;
            related?: string[];
            sort?: string;
        };
        ExportDay: {
            limit?: number;
            taken: number;
        };
        ExportField: {
            level: string;
            name: string;
        };
        ExportHeld: {
            fields: string[];
            records: number;
        };
        ExportLimits: {
            everyone?: number;
            packs: components["schemas"]["PackLimit"][];
            people: components["schemas"]["PersonLimit"][];
            version: number;
        };
        ExportPlan: {
            comments?: string;
            day: components["schemas"]["ExportDay"];
            epoch: number;
            fields: components["schemas"]["ExportField"][];
            held?: components["schemas"]["ExportHeld"];
            kind: string;
            partial: boolean;
            related?: components["schemas"]["RelatedPart"][];
            total?: components["schemas"]["Total"];
        };
        Exported: {
            /** Format: date-time */
            at: string;
            by: components["schemas"]["Somebody"];
            kind: string;
            label: components["schemas"]["Words"];
            purpose?: string;
            rows: number;
        };
        ExtendedGrant: {
            purpose?: string;
            /** Format: date-time */
            until: string;
        };
        FactorCode: {
            code: string;
        };
        FactorPassword: {
            password: string;
        };
        FactorProof: {
            /** Format: date-time */
            until: string;
        };
        FactorRemoval: {
            code: string;
            password: string;
        };
        FieldChange: {
            field: string;
            masked?: boolean;
            new?: unknown;
            old?: unknown;
            titles?: {
                [key: string]: string;
            };
            withheld?: boolean;
        };
        FieldInfo: {
            by_rule?: boolean;
            choices?: components["schemas"]["Choice"][];
            class: string;
            colour?: string;
            create: boolean;
            custom: boolean;
            encrypted?: boolean;
            filter: boolean;
            format?: string;
            label: components["schemas"]["Label"];
            level: string;
            max?: number;
            name: string;
            read_only: boolean;
            ref?: string;
            required: boolean;
            search: boolean;
            sort: boolean;
            type: string;
        };
        FieldOrder: {
            keys: string[];
        };
        FieldRule: {
            class?: string;
            edit?: boolean;
            field?: string;
            /** @enum {string} */
            level: "hidden" | "masked:constant" | "masked:year" | "masked:district" | "masked:domain" | "masked:range" | "masked:tail" | "masked:ends" | "masked" | "plain";
        };
        FigureBar: {
            count: number;
            key: string;
            sum?: {
                [key: string]: string;
            };
            title?: string;
        };
        FigureOther: {
            count: number;
            groups: number;
            sum?: {
                [key: string]: string;
            };
        };
        Figures: {
            epoch: number;
            group?: string;
            groups: components["schemas"]["FigureBar"][];
            kind: string;
            measure: string;
            other?: components["schemas"]["FigureOther"];
        };
        Finding: {
            flaw: string;
            leaf: number;
            seq?: number;
            text: string;
            until?: number;
        };
        FormTally: {
            agree: number;
            compared: number;
            form: string;
        };
        Found: {
            /** @description An id: a decimal number below 2^53. */
            id: string;
            kind: string;
            subtitle?: string;
            title: string;
        };
        FoundList: {
            items: components["schemas"]["Found"][];
        };
        Gate: {
            from: string[];
            needs: string[];
            shut: boolean;
            stage: string;
        };
        Given: {
            by: components["schemas"]["Name"];
            /** Format: date-time */
            from: string;
            to: components["schemas"]["Name"];
            /** Format: date-time */
            until: string;
            what: components["schemas"]["Label"];
        };
        GivenPassword: {
            must_change?: boolean;
            password: string;
        };
        Grant: {
            actions: string[];
            along: components["schemas"]["GrantAlong"][];
            can: string[];
            /** @description An id: a decimal number below 2^53. */
            extends?: string;
            fields: components["schemas"]["FieldRule"][];
            /** Format: date-time */
            from: string;
            give_on: boolean;
            giver: components["schemas"]["Name"];
            /** @description An id: a decimal number below 2^53. */
            id: string;
            kind: string;
            /** Format: date-time */
            last_used?: string;
            once: boolean;
            /** @description An id: a decimal number below 2^53. */
            parent?: string;
            purpose: string;
            receiver: components["schemas"]["Name"];
            records: string[];
            /** Format: date-time */
            revoked_at?: string;
            sentence: components["schemas"]["Label"];
            state: string;
            titles: components["schemas"]["Link"][];
            /** Format: date-time */
            until: string;
            /** Format: date-time */
            used_at?: string;
            when?: components["schemas"]["Cond"];
        };
        GrantAlong: {
            fields: components["schemas"]["FieldRule"][];
            kind: string;
            label: components["schemas"]["Label"];
            relation: string;
        };
        GrantChoice: {
            filter?: string;
            moving?: boolean;
            q?: string;
        };
        GrantList: {
            items: components["schemas"]["Grant"][];
        };
        GrantPlan: {
            along: components["schemas"]["GrantAlong"][];
            fields: components["schemas"]["FieldRule"][];
            /** Format: date-time */
            from: string;
            less: boolean;
            records: number;
            sentence: components["schemas"]["Label"];
            /** Format: date-time */
            until: string;
            when?: components["schemas"]["Cond"];
        };
        GrantState: {
            /** Format: date-time */
            from: string;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            state: string;
            /** Format: date-time */
            until: string;
        };
        GrantTold: {
            ended: boolean;
            /** Format: date-time */
            from: string;
            given: boolean;
            giver: components["schemas"]["Somebody"];
            label: components["schemas"]["Words"];
            receiver: components["schemas"]["Somebody"];
            revoked: boolean;
            /** Format: date-time */
            until: string;
        };
        GrantView: {
            item: components["schemas"]["Item"];
            kind: components["schemas"]["KindInfo"];
        };
        HandOut: {
            password?: string;
            people?: string[];
            /** @description An id: a decimal number below 2^53. */
            unit?: string;
        };
        HandedOut: {
            password: string;
            person: components["schemas"]["Name"];
            unit?: string;
        };
        HandedOutList: {
            items: components["schemas"]["HandedOut"][];
        };
        HandingOver: {
            hand: components["schemas"]["Handover"][];
            note?: string;
            /** @description An id: a decimal number below 2^53. */
            person: string;
        };
        Handover: {
            ids?: string[];
            kind: string;
            open?: boolean;
            /** @description An id: a decimal number below 2^53. */
            pool?: string;
            spread?: components["schemas"]["Spread"];
            /** @description An id: a decimal number below 2^53. */
            to?: string;
            unit?: boolean;
        };
        HandoverMark: {
            from?: components["schemas"]["Name"];
            note?: string;
            own?: string;
            to?: components["schemas"]["Name"];
        };
        Happening: {
            access?: components["schemas"]["AccessChange"];
            act?: string;
            /** Format: date-time */
            at: string;
            by?: components["schemas"]["Name"];
            changes?: components["schemas"]["FieldChange"][];
            comment?: components["schemas"]["Comment"];
            file?: components["schemas"]["Attachment"];
            handover?: components["schemas"]["HandoverMark"];
            id: string;
            item?: components["schemas"]["Item"];
            merge?: components["schemas"]["MergeMark"];
            reason?: string;
            relation?: string;
            type: string;
            why?: string;
        };
        HeadAsk: {
            fields: {
                [key: string]: unknown;
            };
            note: string;
        };
        Health: {
            status: string;
        };
        Holder: {
            person: components["schemas"]["Name"];
            reasons: components["schemas"]["Reason"][];
        };
        HoneyMark: {
            /** Format: date-time */
            at: string;
            by: components["schemas"]["Name"];
            kind: string;
            kind_label: components["schemas"]["Label"];
            note: string;
            /** @description An id: a decimal number below 2^53. */
            record: string;
            title?: string;
        };
        HoneyMarkList: {
            items: components["schemas"]["HoneyMark"][];
        };
        HoneyNote: {
            note: string;
        };
        Impact: {
            affected: number;
            epoch: number;
            /** @description An id: a decimal number below 2^53. */
            next?: string;
            people: components["schemas"]["PersonImpact"][];
            totals: components["schemas"]["ImpactTotals"];
            truncated: boolean;
            units: components["schemas"]["UnitImpact"][];
        };
        ImpactSample: {
            gained?: string[];
            /** @description An id: a decimal number below 2^53. */
            id: string;
            less?: string[];
            lost?: string[];
            more?: string[];
        };
        ImpactTotals: {
            gained: {
                [key: string]: number;
            };
            less: {
                [key: string]: number;
            };
            lost: {
                [key: string]: number;
            };
            more: {
                [key: string]: number;
            };
            people: number;
        };
        ImportColumn: {
            by?: string;
            confidence?: string;
            field?: string;
            heading: string;
            locked?: string;
            part?: string;
            samples: string[];
        };
        ImportField: {
            by?: string;
            key: boolean;
            label: components["schemas"]["Label"];
            locked?: string;
            name: string;
            required: boolean;
            type: string;
        };
        ImportForm: {
            atomic?: string;
            file?: string;
            from?: string;
            key?: string;
            kind?: string;
            mapping?: string;
            mode?: string;
            sheet?: string;
            upload?: string;
        };
        ImportPreview: {
            columns: components["schemas"]["ImportColumn"][];
            encoding: string;
            /** Format: date-time */
            expires_at: string;
            fields: components["schemas"]["ImportField"][];
            key?: string;
            kind: string;
            looks?: components["schemas"]["LooksLeft"];
            more: boolean;
            name: string;
            remembered: boolean;
            rows: number;
            sheet?: string;
            sheets: string[];
            /** @description An id: a decimal number below 2^53. */
            upload: string;
        };
        InventedRow: {
            name: string;
            phone: string;
            row: number;
        };
        Item: {
            asks?: string[];
            can: string[];
            can_ask?: string[];
            covered?: string[];
            editable: string[];
            fields: {
                [key: string]: unknown;
            };
            follow?: boolean;
            hidden: string[];
            /** @description An id: a decimal number below 2^53. */
            id: string;
            kind: string;
            masked: {
                [key: string]: string;
            };
            refs: {
                [key: string]: components["schemas"]["Link"];
            };
            reveal?: string[];
            title: string;
            version: number;
        };
        ItemList: {
            items: components["schemas"]["Item"][];
        };
        Job: {
            by?: components["schemas"]["Name"];
            created: number;
            /** Format: date-time */
            created_at: string;
            deleted?: number;
            done: number;
            errors_url?: string;
            /** Format: date-time */
            expires_at?: string;
            failed: number;
            file_url?: string;
            /** Format: date-time */
            finished_at?: string;
            format?: string;
            /** @description An id: a decimal number below 2^53. */
            from?: string;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            invented?: number;
            kind: string;
            looked?: components["schemas"]["LookedRows"];
            mode?: string;
            name?: string;
            /** @description An id: a decimal number below 2^53. */
            next?: string;
            per_row?: boolean;
            problem?: components["schemas"]["Trouble"];
            problems?: components["schemas"]["RowProblem"][];
            purpose?: string;
            /** @description An id: a decimal number below 2^53. */
            record?: string;
            /** Format: date-time */
            revert_until?: string;
            status: string;
            total?: number;
            type: string;
            unchanged: number;
            unchecked?: number;
            updated: number;
        };
        JobPage: {
            items: components["schemas"]["Job"][];
            next?: string;
        };
        Joining: {
            account?: boolean;
            appointments: components["schemas"]["NewAppointment"][];
            fields: {
                [key: string]: unknown;
            };
            packs?: string[];
            password?: string;
        };
        Kept: {
            checked: boolean;
            file: string;
            from: number;
            until: number;
        };
        KindAccess: {
            actions: string[];
            kind: string;
            label: components["schemas"]["Label"];
            ways: components["schemas"]["AccessWay"][];
        };
        KindImpact: {
            create?: string;
            gained: {
                [key: string]: number;
            };
            kind: string;
            less: {
                [key: string]: number;
            };
            lost: {
                [key: string]: number;
            };
            more: {
                [key: string]: number;
            };
            samples: components["schemas"]["ImpactSample"][];
        };
        KindInfo: {
            can: string[];
            can_ask?: string[];
            columns: string[];
            fields: components["schemas"]["FieldInfo"][];
            gates: components["schemas"]["Gate"][];
            label: components["schemas"]["Label"];
            name: string;
            plural: components["schemas"]["Label"];
            relations: components["schemas"]["RelationInfo"][];
            second_factor?: boolean;
            stages: components["schemas"]["Choice"][];
            subtitle: string[];
            title: string;
        };
        KindInfoList: {
            items: components["schemas"]["KindInfo"][];
        };
        KindSight: {
            kind: string;
            label: components["schemas"]["Label"];
            rules: components["schemas"]["SightRule"][];
            total: components["schemas"]["Total"];
        };
        Label: {
            en: string;
            zh: string;
        };
        Lack: {
            code: string;
            sentence: components["schemas"]["Label"];
        };
        LatLng: {
            lat: number;
            lng: number;
        };
        Leaving: {
            /** Format: date-time */
            at?: string;
            hand?: components["schemas"]["Handover"][];
            note?: string;
            /** @description An id: a decimal number below 2^53. */
            person: string;
        };
        LeavingAnswer: {
            items: components["schemas"]["LeavingKind"][];
            note: boolean;
        };
        LeavingKind: {
            all: number;
            items?: components["schemas"]["Link"][];
            kind: string;
            label: components["schemas"]["Label"];
            open: number;
            seen?: components["schemas"]["Total"];
        };
        Limits: {
            budget: number;
            least: number;
        };
        Link: {
            /** @description An id: a decimal number below 2^53. */
            id: string;
            title?: string;
        };
        ListView: {
            closed: boolean;
            default: boolean;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            kind: string;
            locked: string[];
            mine: boolean;
            name: string;
            owner: components["schemas"]["Name"];
            search: components["schemas"]["ViewSearch"];
            shared?: components["schemas"]["ViewShare"];
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        ListViewList: {
            items: components["schemas"]["ListView"][];
        };
        Looked: {
            before: components["schemas"]["Deeds"];
            denials: number;
            exports: number;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            name: string;
            opened: number;
            reveals: number;
            rows: number;
            seen: number;
            unit?: string;
        };
        LookedAfter: {
            looked_after: boolean;
        };
        LookedRows: {
            open: number;
            rows: number;
        };
        LooksLeft: {
            day: number;
            hour: number;
            left: number;
        };
        MadeToken: {
            actions?: string[];
            /** Format: date-time */
            created_at: string;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            kinds?: string[];
            /** Format: date-time */
            last_seen_at?: string;
            name: string;
            token: string;
            /** Format: date-time */
            until: string;
        };
        Mail: {
            about: string;
            /** Format: date-time */
            created_at: string;
            failed?: string;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            /** Format: date-time */
            next_at?: string;
            person?: components["schemas"]["Name"];
            /** Format: date-time */
            sent_at?: string;
            state: string;
            to?: string;
            tries: number;
        };
        MailList: {
            items: components["schemas"]["Mail"][];
        };
        MailTry: {
            to: string;
        };
        ManyAsk: {
            /** @description An id: a decimal number below 2^53. */
            preview: string;
        };
        MarkSettings: {
            canaries: string[];
            line: boolean;
            marks: boolean;
            range: string;
            version: number;
        };
        MassAsk: {
            change: components["schemas"]["MassChange"];
            ids?: string[];
            match?: components["schemas"]["MassMatch"];
        };
        MassCame: {
            done: number;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            skipped: components["schemas"]["MassSkip"][];
            status: string;
            /** Format: date-time */
            until?: string;
        };
        MassChange: {
            delete?: boolean;
            fields?: {
                [key: string]: unknown;
            };
            tags?: components["schemas"]["MassTags"];
            transfer?: components["schemas"]["MassTransfer"];
        };
        MassMatch: {
            filter?: string;
            q?: string;
        };
        MassResult: {
            along?: components["schemas"]["TransferPart"][];
            done: number;
            held?: number;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            kind: string;
            /** @description An id: a decimal number below 2^53. */
            request?: string;
            sample?: components["schemas"]["Link"][];
            skipped: components["schemas"]["MassSkip"][];
            status: string;
            total: number;
            undone: number;
            /** Format: date-time */
            until?: string;
            will: number;
        };
        MassSkip: {
            code: string;
            count: number;
            field?: string;
            params?: {
                [key: string]: unknown;
            };
            sample?: components["schemas"]["Link"][];
        };
        MassTags: {
            add?: string[];
            remove?: string[];
        };
        MassToken: {
            /** @description An id: a decimal number below 2^53. */
            preview: string;
        };
        MassTransfer: {
            children?: string[];
            note?: string;
            /** @description An id: a decimal number below 2^53. */
            owner: string;
        };
        Matching: {
            capped: boolean;
            count: number;
            few: boolean;
            personal: boolean;
        };
        Matrix: {
            cells: components["schemas"]["MatrixCell"][];
            columns: components["schemas"]["MatrixColumn"][];
            epoch: number;
            kinds: components["schemas"]["MatrixKind"][];
            part: string;
            rows: components["schemas"]["MatrixRow"][];
            sources: components["schemas"]["MatrixSource"][];
        };
        MatrixCell: {
            barred?: boolean;
            closed?: string;
            edit?: string;
            level?: string;
            sources: number[];
            ways?: components["schemas"]["MatrixWay"][];
        };
        MatrixColumn: {
            action?: string;
            class?: string;
            field?: string;
            kind: string;
            label: components["schemas"]["Label"];
        };
        MatrixKind: {
            kind: string;
            label: components["schemas"]["Label"];
        };
        MatrixQuery: {
            /** @description An id: a decimal number below 2^53. */
            draft?: string;
            kinds?: string[];
            part: string;
            positions?: boolean;
            rows?: components["schemas"]["MatrixWho"][];
        };
        MatrixReason: {
            edit?: boolean;
            effect: string;
            label: components["schemas"]["Label"];
            level?: string;
            origin: components["schemas"]["Origin"];
            part: string;
            rule: string;
            scene: components["schemas"]["Label"];
            sentence: components["schemas"]["Label"];
            /** Format: date-time */
            until?: string;
            who: components["schemas"]["Clause"][];
        };
        MatrixRow: {
            cells: number[];
            label: components["schemas"]["Label"];
            login?: string;
            who: components["schemas"]["MatrixWho"];
        };
        MatrixSource: {
            effect: string;
            label: components["schemas"]["Label"];
            origin: components["schemas"]["Origin"];
            rule: string;
            who: components["schemas"]["Clause"][];
        };
        MatrixWay: {
            path: string;
            relation?: string;
            via?: string;
            when?: boolean;
        };
        MatrixWho: {
            /** @description An id: a decimal number below 2^53. */
            person?: string;
            position?: string;
            /** @description An id: a decimal number below 2^53. */
            unit?: string;
        };
        MatrixWhy: {
            cell: components["schemas"]["MatrixCell"];
            column: components["schemas"]["MatrixColumn"];
            epoch: number;
            label: components["schemas"]["Label"];
            reasons: components["schemas"]["MatrixReason"][];
            who: components["schemas"]["MatrixWho"];
        };
        Me: {
            appointments: components["schemas"]["MyAppointment"][];
            can: string[];
            epoch: number;
            figures: number;
            kinds: string[];
            packs: components["schemas"]["MyPack"][];
            person: components["schemas"]["Name"];
            pools: number;
            tenant: components["schemas"]["TenantName"];
            viewer?: components["schemas"]["Name"];
            watermark?: components["schemas"]["Watermark"];
        };
        MemberStatement: {
            /** Format: date-time */
            joined?: string;
            /** Format: date-time */
            left?: string;
            person: components["schemas"]["Name"];
            records: components["schemas"]["StatementLine"][];
            totals: components["schemas"]["StatementTotals"];
        };
        MergeChoice: {
            id: string;
            part: string;
            take: string;
        };
        MergeMark: {
            /** @description An id: a decimal number below 2^53. */
            id: string;
            undo: boolean;
        };
        MergedInto: {
            /** @description An id: a decimal number below 2^53. */
            id: string;
            kind: string;
            title?: string;
        };
        MergedRecord: {
            /** @description An id: a decimal number below 2^53. */
            id: string;
            item: components["schemas"]["Item"];
            parts: components["schemas"]["TransferPart"][];
            /** Format: date-time */
            until: string;
        };
        Merging: {
            take?: string[];
            version: number;
            /** @description An id: a decimal number below 2^53. */
            with: string;
        };
        Mistake: {
            at: string;
            code: string;
            detail: string;
            params?: {
                [key: string]: unknown;
            };
        };
        More: {
            exports?: number;
            grants?: number;
            looked?: number;
        };
        MyAppointment: {
            head: boolean;
            position: components["schemas"]["PositionTag"];
            unit: components["schemas"]["Name"];
            /** Format: date-time */
            until?: string;
        };
        MyPack: {
            id: string;
            label: components["schemas"]["Label"];
        };
        Name: {
            /** @description An id: a decimal number below 2^53. */
            id: string;
            login?: string;
            name: string;
        };
        NamedAction: {
            code: string;
            label: components["schemas"]["Label"];
        };
        NewAppointment: {
            /** Format: date-time */
            from?: string;
            /** @description An id: a decimal number below 2^53. */
            person: string;
            position: string;
            /** @description An id: a decimal number below 2^53. */
            unit: string;
            /** Format: date-time */
            until?: string;
        };
        NewAssignment: {
            /** Format: date-time */
            from?: string;
            pack: string;
            /** Format: date-time */
            until?: string;
            who: components["schemas"]["Clause"];
        };
        NewAway: {
            /** Format: date-time */
            from?: string;
            /** @description An id: a decimal number below 2^53. */
            stand_in: string;
            /** Format: date-time */
            until: string;
        };
        NewCollaborator: {
            /** Format: date-time */
            from?: string;
            /** @description An id: a decimal number below 2^53. */
            person: string;
            /** Format: date-time */
            until?: string;
        };
        NewComment: {
            mentions?: string[];
            text: string;
        };
        NewEmergency: {
            field?: string;
            kind: string;
            minutes?: number;
            reason: string;
            /** @description An id: a decimal number below 2^53. */
            record?: string;
            value?: string;
            with?: string[];
        };
        NewErasure: {
            kind: string;
            reason: string;
            /** @description An id: a decimal number below 2^53. */
            record: string;
        };
        NewExport: {
            comments?: boolean;
            fields?: string[];
            filter?: string;
            format: string;
            kind: string;
            lang?: string;
            purpose?: string;
            q?: string;
            /** @description An id: a decimal number below 2^53. */
            record?: string;
            related?: string[];
            sort?: string;
        };
        NewExportLimits: {
            everyone?: number;
            packs: components["schemas"]["PackLimit"][];
            people: components["schemas"]["PersonLimit"][];
        };
        NewFactor: {
            qr: components["schemas"]["QR"];
            secret: string;
            uri: string;
        };
        NewGrant: {
            actions: string[];
            along?: string[];
            choose?: components["schemas"]["GrantChoice"];
            fields: components["schemas"]["FieldRule"][];
            /** Format: date-time */
            from?: string;
            give_on?: boolean;
            kind: string;
            once?: boolean;
            /** @description An id: a decimal number below 2^53. */
            parent?: string;
            purpose: string;
            /** @description An id: a decimal number below 2^53. */
            receiver: string;
            records?: string[];
            /** Format: date-time */
            until: string;
            when?: components["schemas"]["Cond"];
        };
        NewMailSettings: {
            heads_to?: string;
            host: string;
            link?: string;
            link_only: boolean;
            on: boolean;
            password?: string;
            port: number;
            security: string;
            sender: string;
            user?: string;
        };
        NewMarkSettings: {
            canaries?: string[];
            line: boolean;
            marks: boolean;
            range?: string;
        };
        NewMember: {
            gives?: boolean;
            mode: string;
            /** @description An id: a decimal number below 2^53. */
            person: string;
            /** Format: date-time */
            until?: string;
        };
        NewMembers: {
            members: components["schemas"]["NewMember"][];
        };
        NewPasskey: {
            attestation: string;
            client_data: string;
            credential: string;
            name: string;
            transports: string[];
        };
        NewPolicyDraft: {
            document?: components["schemas"]["Document"];
            name: string;
        };
        NewRequest: {
            access?: components["schemas"]["AccessAsk"];
            change?: components["schemas"]["ChangeAsk"];
            create?: components["schemas"]["CreateAsk"];
            delete?: components["schemas"]["DeleteAsk"];
            export?: components["schemas"]["ExportAsk"];
            mass?: components["schemas"]["ManyAsk"];
            pool?: components["schemas"]["PoolAsk"];
            purpose: string;
            transfer?: components["schemas"]["TransferAsk"];
            type: string;
        };
        NewRetention: {
            days: number;
        };
        NewSandbox: {
            /** Format: date-time */
            from?: string;
            members?: components["schemas"]["NewMember"][];
            purpose: string;
            shares?: components["schemas"]["NewShare"][];
            title: string;
            /** Format: date-time */
            until: string;
        };
        NewShare: {
            actions: string[];
            along?: string[];
            choose?: components["schemas"]["GrantChoice"];
            fields: components["schemas"]["FieldRule"][];
            kind: string;
            records?: string[];
            when?: components["schemas"]["Cond"];
        };
        NewStream: {
            end_former?: boolean;
            entries: boolean;
            on: boolean;
            secret?: string;
            url: string;
            values: boolean;
        };
        NewTagRun: {
            kind: string;
        };
        NewToken: {
            actions?: string[];
            kinds?: string[];
            name: string;
            /** Format: date-time */
            until: string;
        };
        NewView: {
            default?: boolean;
            kind: string;
            name: string;
            search: components["schemas"]["ViewSearch"];
            shared?: components["schemas"]["ViewShare"];
        };
        NewWatchSettings: {
            detectors: {
                [key: string]: components["schemas"]["Setting"];
            };
        };
        NextMove: {
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            before: string;
        };
        NextTerm: {
            by?: components["schemas"]["Name"];
            days: number;
            /** Format: date-time */
            from: string;
            moves?: components["schemas"]["NextMove"];
            /** Format: date-time */
            set_at: string;
        };
        NoteIn: {
            note: string;
        };
        Notice: {
            /** Format: date-time */
            at: string;
            by?: components["schemas"]["Name"];
            detail: {
                [key: string]: unknown;
            };
            /** @description An id: a decimal number below 2^53. */
            id: string;
            kind?: string;
            named?: string[];
            pool?: components["schemas"]["Name"];
            read: boolean;
            /** @description An id: a decimal number below 2^53. */
            record?: string;
            title?: string;
            what: string;
        };
        NoticePage: {
            items: components["schemas"]["Notice"][];
            next?: string;
            unread: number;
        };
        Numbers: {
            bound: number;
            days: number;
            left?: number;
            limit?: number;
            seen: number;
            span?: number;
            usual: number;
        };
        Operand: {
            bool?: boolean;
            cel?: string;
            field?: string;
            int?: number;
            money?: string;
            number?: number;
            /** @description An id: a decimal number below 2^53. */
            ref?: string;
            text?: string;
            time?: string;
        };
        Origin: {
            id?: string;
            name?: string;
            type: string;
        };
        OwnFactor: {
            codes_left: number;
            keep: boolean;
            passkey_origin: string;
            passkeys: components["schemas"]["Passkey"][];
            /** Format: date-time */
            proved_until?: string;
            /** Format: date-time */
            since?: string;
        };
        OwnNote: {
            /** Format: date-time */
            at?: string;
            note: string;
        };
        Pack: {
            custom: boolean;
            description: components["schemas"]["Label"];
            id: string;
            label: components["schemas"]["Label"];
            rules: components["schemas"]["PackRule"][];
            system: string[];
        };
        PackDocument: {
            description: components["schemas"]["Label"];
            id: string;
            label: components["schemas"]["Label"];
            rules: components["schemas"]["RuleDocument"][];
            system?: string[];
        };
        PackLimit: {
            pack: string;
            rows: number;
        };
        PackList: {
            items: components["schemas"]["Pack"][];
        };
        PackRule: {
            rule: components["schemas"]["Rule"];
            scene: components["schemas"]["Label"];
            sentence: components["schemas"]["Label"];
        };
        Page: {
            epoch: number;
            items: components["schemas"]["Item"][];
            next?: string;
            sums?: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            total?: components["schemas"]["Total"];
        };
        Passkey: {
            /** Format: date-time */
            created_at: string;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            name: string;
            synced: boolean;
            /** Format: date-time */
            used_at?: string;
        };
        PasskeyAsk: {
            allowed: components["schemas"]["PasskeyRef"][];
            challenge: string;
            seconds: number;
            site: string;
        };
        PasskeyBegin: {
            password?: string;
        };
        PasskeyName: {
            name: string;
        };
        PasskeyProof: {
            authenticator_data: string;
            client_data: string;
            credential: string;
            signature: string;
            user?: string;
        };
        PasskeyRef: {
            credential: string;
            transports: string[];
        };
        PasskeySignIn: {
            login: string;
            password: string;
        };
        PasskeyWish: {
            algorithms: number[];
            challenge: string;
            company: string;
            login: string;
            name: string;
            seconds: number;
            site: string;
            taken: components["schemas"]["PasskeyRef"][];
            user: string;
        };
        PasswordChange: {
            new: string;
            old: string;
        };
        Path: {
            below?: boolean;
            cond?: components["schemas"]["Cond"];
            meters?: number;
            path: string;
            relation?: string;
            units?: string[];
            via?: components["schemas"]["Path"];
        };
        PersonImpact: {
            kinds: components["schemas"]["KindImpact"][];
            person: components["schemas"]["Name"];
            rights?: components["schemas"]["RightsImpact"];
            unit?: components["schemas"]["Name"];
        };
        PersonLimit: {
            name?: string;
            /** @description An id: a decimal number below 2^53. */
            person: string;
            rows: number;
        };
        PlannedShare: {
            actions: string[];
            along?: string[];
            choose?: components["schemas"]["GrantChoice"];
            fields: components["schemas"]["FieldRule"][];
            /** Format: date-time */
            from?: string;
            kind: string;
            purpose: string;
            records?: string[];
            /** Format: date-time */
            until: string;
            when?: components["schemas"]["Cond"];
        };
        PolicyBlock: {
            group: string;
            group_label: components["schemas"]["Label"];
            id: string;
            kind: string;
            label: components["schemas"]["Label"];
            rule: components["schemas"]["RuleDocument"];
            scene: components["schemas"]["Label"];
            sentence: components["schemas"]["Label"];
        };
        PolicyBlockList: {
            items: components["schemas"]["PolicyBlock"][];
        };
        PolicyChange: {
            after?: unknown;
            before?: unknown;
            id: string;
            op: string;
            part: string;
            rules?: components["schemas"]["PolicyChange"][];
            sensitive: boolean;
            sentence: components["schemas"]["ChangeSentence"];
        };
        PolicyConflict: {
            id: string;
            mine: components["schemas"]["PolicyChange"];
            part: string;
            theirs: components["schemas"]["PolicyChange"];
        };
        PolicyDiff: {
            changes: components["schemas"]["PolicyChange"][];
            from: number;
            to: number;
        };
        PolicyDraft: {
            alone: boolean;
            asked?: components["schemas"]["DraftNote"];
            author: components["schemas"]["Name"];
            base: number;
            can: string[];
            changes: components["schemas"]["PolicyChange"][];
            conflicts?: components["schemas"]["PolicyConflict"][];
            /** Format: date-time */
            created_at: string;
            document?: components["schemas"]["Document"];
            edited_by: components["schemas"]["Name"];
            /** @description An id: a decimal number below 2^53. */
            id: string;
            name: string;
            problems: components["schemas"]["Mistake"][];
            published?: number;
            refused?: components["schemas"]["DraftNote"];
            sensitive: boolean;
            stale: boolean;
            state: string;
            /** Format: date-time */
            updated_at: string;
            upon?: string;
            version: number;
            warnings: components["schemas"]["PolicyWarning"][];
        };
        PolicyDraftList: {
            items: components["schemas"]["PolicyDraft"][];
        };
        PolicyVersion: {
            alone: boolean;
            /** Format: date-time */
            at: string;
            author?: components["schemas"]["Name"];
            confirmed_by?: components["schemas"]["Name"];
            document?: components["schemas"]["Document"];
            /** @description An id: a decimal number below 2^53. */
            draft?: string;
            epoch: number;
            note: string;
            number: number;
            origin: string;
        };
        PolicyVersions: {
            items: components["schemas"]["PolicyVersion"][];
            next?: number;
        };
        PolicyWarning: {
            at: string;
            changed: boolean;
            code: string;
            id: string;
            params: {
                [key: string]: unknown;
            };
            part: string;
        };
        Pool: {
            /** @description An id: a decimal number below 2^53. */
            id: string;
            name: string;
            open?: components["schemas"]["PoolMember"][];
            version: number;
        };
        PoolAsk: {
            action: string;
            kind: string;
            /** @description An id: a decimal number below 2^53. */
            person?: string;
            /** @description An id: a decimal number below 2^53. */
            pool?: string;
            reason?: string;
            /** @description An id: a decimal number below 2^53. */
            record?: string;
            records?: string[];
        };
        PoolCame: {
            done: number;
            left: components["schemas"]["PooledRow"][];
        };
        PoolFields: {
            name: string;
            open: components["schemas"]["PoolMember"][];
        };
        PoolList: {
            items: components["schemas"]["Pool"][];
        };
        PoolMatch: {
            filter?: string;
            q?: string;
            sort?: string;
        };
        PoolMember: {
            below?: boolean;
            /** @description An id: a decimal number below 2^53. */
            unit: string;
        };
        PoolRun: {
            by?: components["schemas"]["Name"];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            finished_at?: string;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            kept: number;
            looked: number;
            /** @description An id: a decimal number below 2^53. */
            pool: string;
            status: string;
            taken: number;
            total: number;
            warned: number;
        };
        PoolRunList: {
            items: components["schemas"]["PoolRun"][];
        };
        PoolSettings: {
            claims_held?: number;
            claims_per_day?: number;
            cool_down_days?: number;
            hidden?: components["schemas"]["FieldRule"][];
            recycle?: components["schemas"]["Recycling"];
            shown_to?: components["schemas"]["Clause"][];
            takes?: components["schemas"]["Cond"];
            views_per_day?: number;
        };
        PoolStanding: {
            asks: string[];
            can: string[];
            claims_held: number;
            claims_per_day: number;
            claims_today: number;
            cool_down_days: number;
            held: number;
            hidden: components["schemas"]["FieldRule"][];
            /** @description An id: a decimal number below 2^53. */
            id: string;
            name: string;
            opens: string[];
            reach?: number;
            settings?: components["schemas"]["PoolSettings"];
            version: number;
            views_per_day: number;
            views_today: number;
        };
        PoolStandingList: {
            items: components["schemas"]["PoolStanding"][];
        };
        PooledMany: {
            done: number;
            more?: boolean;
            rows: components["schemas"]["PooledRow"][];
        };
        PooledRow: {
            code?: string;
            done: boolean;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            params?: {
                [key: string]: unknown;
            };
            title?: string;
        };
        Pooling: {
            action: string;
            ids?: string[];
            match?: components["schemas"]["PoolMatch"];
            /** @description An id: a decimal number below 2^53. */
            person?: string;
            /** @description An id: a decimal number below 2^53. */
            pool?: string;
            reason?: string;
        };
        Position: {
            code: string;
            label: components["schemas"]["Label"];
        };
        PositionLabel: {
            label: components["schemas"]["Label"];
        };
        PositionList: {
            items: components["schemas"]["Position"][];
        };
        PositionTag: {
            code: string;
            label: components["schemas"]["Label"];
        };
        PreviewForm: {
            file?: string;
            kind: string;
            sheet?: string;
            upload?: string;
        };
        Problem: {
            code: string;
            detail: string;
            errors?: components["schemas"]["Mistake"][];
            kind: string;
            params?: {
                [key: string]: unknown;
            };
            request_id: string;
            status: number;
            title: string;
            type: string;
        };
        Publication: {
            alone?: boolean;
            note: string;
            version?: number;
        };
        PutStages: {
            confirm?: boolean;
            stages: components["schemas"]["StageParts"][];
        };
        QR: {
            path: string;
            size: number;
        };
        ReadNotices: {
            all?: boolean;
            ids?: string[];
        };
        Reason: {
            effect: string;
            from: components["schemas"]["Label"];
            given?: components["schemas"]["Given"];
            lacks?: components["schemas"]["Lack"][];
            origin: components["schemas"]["Origin"];
            rule: string;
            scene: components["schemas"]["Label"];
            sentence: components["schemas"]["Label"];
            /** Format: date-time */
            until?: string;
        };
        Rebasing: {
            take?: components["schemas"]["MergeChoice"][];
            upon?: string;
        };
        RecordFields: {
            fields: {
                [key: string]: unknown;
            };
        };
        RecoveryCodes: {
            codes: string[];
        };
        Recycling: {
            deal_days?: number;
            idle_days?: number;
            leavers?: boolean;
            warn_days?: number;
        };
        Refusal: {
            note: string;
        };
        RelatedPart: {
            fields: components["schemas"]["ExportField"][];
            held?: components["schemas"]["ExportHeld"];
            kind: string;
            left_out: boolean;
            partial: boolean;
            relation: string;
            total?: components["schemas"]["Total"];
        };
        RelationInfo: {
            field: string;
            kind: string;
            label: components["schemas"]["Label"];
            many: boolean;
            name: string;
        };
        Releasing: {
            /** @description An id: a decimal number below 2^53. */
            pool?: string;
            reason?: string;
        };
        Reorganisation: {
            appoint?: components["schemas"]["NewAppointment"][];
            change?: components["schemas"]["ChangedEnds"][];
            end?: components["schemas"]["EndedNow"][];
            hand?: components["schemas"]["HandingOver"][];
            join?: components["schemas"]["Joining"][];
            leave?: components["schemas"]["Leaving"][];
            stop?: string[];
            units?: components["schemas"]["UnitChange"][];
        };
        Reorganised: {
            epoch: number;
            handed: number;
            joined: components["schemas"]["HandedOut"][];
            kept: number;
        };
        Report: {
            archived?: number;
            archives?: components["schemas"]["Kept"][];
            erased: number;
            findings: components["schemas"]["Finding"][];
            from?: number;
            heads: number;
            more?: number;
            origin: string;
            root: string;
            size: number;
            unsealed: number;
        };
        ReportDocument: {
            before: components["schemas"]["Deeds"];
            changes: components["schemas"]["RuleChange"][];
            company: string;
            emergencies: components["schemas"]["BrokenGlass"][];
            exports: components["schemas"]["Exported"][];
            /** Format: date-time */
            from: string;
            grants: components["schemas"]["GrantTold"][];
            /** @description An id: a decimal number below 2^53. */
            id: string;
            looked: components["schemas"]["Looked"][];
            /** Format: date-time */
            made_at: string;
            month: string;
            more: components["schemas"]["More"];
            people: number;
            preliminary: boolean;
            reader: components["schemas"]["Somebody"];
            role: string;
            total: components["schemas"]["Deeds"];
            unit_ids: string[];
            units: string[];
            /** Format: date-time */
            until: string;
            unusual: components["schemas"]["Unusual"][];
        };
        ReportItem: {
            /** @description An id: a decimal number below 2^53. */
            id: string;
            /** Format: date-time */
            made_at: string;
            month: string;
            preliminary: boolean;
            role: string;
        };
        ReportList: {
            can: string[];
            items: components["schemas"]["ReportItem"][];
            waiting: string[];
        };
        ReportMonth: {
            month: string;
        };
        Request: {
            /** Format: date-time */
            asked_at: string;
            asker: components["schemas"]["Name"];
            can: string[];
            change?: components["schemas"]["AskedChange"];
            create?: components["schemas"]["AskedCreate"];
            decisions: components["schemas"]["RequestVerdict"][];
            delete?: components["schemas"]["AskedDelete"];
            /** Format: date-time */
            due_at?: string;
            edit?: boolean;
            /** Format: date-time */
            ended_at?: string;
            /** Format: date-time */
            escalates_at?: string;
            /** Format: date-time */
            expires_at?: string;
            export?: components["schemas"]["ExportAsk"];
            fields: components["schemas"]["AskedField"][];
            giver?: components["schemas"]["Name"];
            grant?: components["schemas"]["GrantState"];
            hours?: number;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            /** @description An id: a decimal number below 2^53. */
            job?: string;
            kind: string;
            kind_label: components["schemas"]["Label"];
            mass?: components["schemas"]["AskedMass"];
            pool?: components["schemas"]["AskedPool"];
            purpose: string;
            record?: components["schemas"]["Link"];
            state: string;
            steps: components["schemas"]["RequestStep"][];
            transfer?: components["schemas"]["AskedTransfer"];
            type: string;
            void?: string;
            waits: components["schemas"]["Waiting"][];
        };
        RequestPage: {
            items: components["schemas"]["Request"][];
            next?: string;
        };
        RequestStep: {
            added?: boolean;
            all?: boolean;
            by: components["schemas"]["StepSource"][];
            hours: number;
            state: string;
        };
        RequestVerdict: {
            /** Format: date-time */
            at: string;
            for?: components["schemas"]["Name"];
            person: components["schemas"]["Name"];
            step: number;
            verdict: string;
            words?: string;
        };
        RequestsForMe: {
            waiting: number;
        };
        Retention: {
            archives: components["schemas"]["AuditFolder"][];
            batch: number;
            by?: components["schemas"]["Name"];
            days: number;
            held?: string;
            least: number;
            most: number;
            moves?: components["schemas"]["NextMove"];
            next?: components["schemas"]["NextTerm"];
            /** Format: date-time */
            oldest?: string;
            /** Format: date-time */
            set_at?: string;
            takes: boolean;
            version: number;
            waits: number;
        };
        RevealAsk: {
            field: string;
            reason: string;
            second_factor?: string;
        };
        RevealDay: {
            factor: string[];
            left: number;
            per_day: number;
            seconds: number;
        };
        RevealSettings: {
            factor: string[];
            per_day: number;
            seconds: number;
        };
        Revealed: {
            field: string;
            left: number;
            ref?: components["schemas"]["Link"];
            seconds: number;
            value: unknown;
        };
        RevertOrder: {
            mode: string;
        };
        RightsImpact: {
            gained: string[];
            lost: string[];
        };
        Rollback: {
            alone?: boolean;
            note: string;
        };
        Routing: {
            field?: string;
            hours?: number;
            kind: string;
            name: string;
            position?: string;
            stage?: string;
            tag?: string;
            task: string;
            to: string;
        };
        RowProblem: {
            code: string;
            column?: string;
            detail: string;
            params?: {
                [key: string]: unknown;
            };
            row: number;
        };
        Rule: {
            actions: string[];
            duty?: components["schemas"]["Duty"];
            effect: string;
            fields?: components["schemas"]["FieldRule"][];
            /** Format: date-time */
            from?: string;
            id: string;
            kind: string;
            origin: components["schemas"]["Origin"];
            scene: string;
            sensitive?: boolean;
            /** Format: date-time */
            until?: string;
            when?: components["schemas"]["Cond"];
            where: components["schemas"]["Path"];
            who: components["schemas"]["Who"];
        };
        RuleChange: {
            alone: boolean;
            /** Format: date-time */
            at: string;
            by?: components["schemas"]["Somebody"];
            note?: string;
            number: number;
        };
        RuleDocument: {
            actions: string[];
            duty?: components["schemas"]["Duty"];
            effect: string;
            fields?: components["schemas"]["FieldRule"][];
            /** Format: date-time */
            from?: string;
            id: string;
            kind: string;
            name?: string;
            /** @description A text, or {zh, en}. */
            scene: unknown;
            sensitive?: boolean;
            /** Format: date-time */
            until?: string;
            when?: components["schemas"]["Cond"];
            where: components["schemas"]["Path"];
            who?: components["schemas"]["Who"];
        };
        RuleEnd: {
            /** Format: date-time */
            until?: string;
        };
        RuleField: {
            choices?: components["schemas"]["Choice"][];
            class: string;
            custom: boolean;
            encrypted?: boolean;
            examples: string[];
            format?: string;
            group?: boolean;
            label: components["schemas"]["Label"];
            /** @enum {string} */
            mask: "hidden" | "masked:constant" | "masked:year" | "masked:district" | "masked:domain" | "masked:range" | "masked:tail" | "masked:ends" | "masked" | "plain";
            masks: ("hidden" | "masked:constant" | "masked:year" | "masked:district" | "masked:domain" | "masked:range" | "masked:tail" | "masked:ends" | "masked" | "plain")[];
            name: string;
            ref?: string;
            required?: boolean;
            search?: boolean;
            type: string;
        };
        RuleFields: {
            actions: string[];
            duty?: components["schemas"]["Duty"];
            effect: string;
            fields?: components["schemas"]["FieldRule"][];
            /** Format: date-time */
            from?: string;
            kind: string;
            name?: string;
            scene: string;
            sensitive?: boolean;
            /** Format: date-time */
            until?: string;
            when?: components["schemas"]["Cond"];
            where: components["schemas"]["Path"];
            who: components["schemas"]["Who"];
        };
        RuleKind: {
            actions: components["schemas"]["NamedAction"][];
            fields: components["schemas"]["RuleField"][];
            label: components["schemas"]["Label"];
            name: string;
            paths: string[];
            plural: components["schemas"]["Label"];
            relations: components["schemas"]["RuleRelation"][];
            searched: string[];
            stages: components["schemas"]["Choice"][];
        };
        RuleKindList: {
            items: components["schemas"]["RuleKind"][];
        };
        RuleRelation: {
            always: boolean;
            kind: string;
            label: components["schemas"]["Label"];
            many: boolean;
            name: string;
        };
        RuleTemplate: {
            days?: number;
            description: components["schemas"]["Label"];
            group: string;
            id: string;
            label: components["schemas"]["Label"];
            rules: components["schemas"]["TemplateRule"][];
        };
        RuleTemplateList: {
            items: components["schemas"]["RuleTemplate"][];
        };
        Sandbox: {
            can: string[];
            /** Format: date-time */
            ended_at?: string;
            /** Format: date-time */
            from: string;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            members: components["schemas"]["SandboxMember"][];
            mode?: string;
            purpose: string;
            role: string;
            shares: components["schemas"]["SandboxShare"][];
            sponsor: components["schemas"]["Name"];
            state: string;
            title: string;
            /** Format: date-time */
            until: string;
        };
        SandboxAccess: {
            /** @description An id: a decimal number below 2^53. */
            id: string;
            mode: string;
            sponsor: components["schemas"]["Name"];
            state: string;
            title: string;
            /** Format: date-time */
            until: string;
        };
        SandboxEnd: {
            /** Format: date-time */
            until: string;
        };
        SandboxList: {
            items: components["schemas"]["Sandbox"][];
        };
        SandboxMember: {
            gives: boolean;
            /** Format: date-time */
            joined: string;
            mode: string;
            person: components["schemas"]["Name"];
            unit?: string;
            /** Format: date-time */
            until?: string;
        };
        SandboxShare: {
            actions: string[];
            along: components["schemas"]["GrantAlong"][];
            can: string[];
            count: number;
            fields: components["schemas"]["FieldRule"][];
            giver: components["schemas"]["Name"];
            /** @description An id: a decimal number below 2^53. */
            id: string;
            kind: string;
            moving: boolean;
            people?: number;
            sentence: components["schemas"]["Label"];
            titles: components["schemas"]["Link"][];
            /** Format: date-time */
            until: string;
        };
        SandboxStatement: {
            /** Format: date-time */
            at: string;
            members: components["schemas"]["MemberStatement"][];
            mine: boolean;
            more: boolean;
            /** @description An id: a decimal number below 2^53. */
            sandbox: string;
            state: string;
            title: string;
            totals: components["schemas"]["StatementTotals"];
        };
        SandboxTitle: {
            title: string;
        };
        SealKey: {
            fingerprint: string;
            text: string;
        };
        SealedCopy: {
            person?: components["schemas"]["Name"];
            same: boolean;
            /** @description An id: a decimal number below 2^53. */
            seq: string;
        };
        Setting: {
            act: string;
            floor: number;
            on: boolean;
            times?: number;
        };
        Settings: {
            device_days: number;
            factor: string;
            first_use: string;
            freeze: boolean;
            hour_from: number;
            hour_until: number;
            keep: boolean;
        };
        SetupAdmin: {
            login: string;
            name: string;
            password: string;
            sees_all?: boolean;
        };
        SetupCode: {
            code: string;
        };
        SetupCompany: {
            admin: components["schemas"]["SetupAdmin"];
            code: string;
            company: components["schemas"]["SetupName"];
            lang?: string;
            positions?: components["schemas"]["TradePosition"][];
            sample?: boolean;
            trade: string;
            units?: components["schemas"]["SetupUnit"][];
        };
        SetupName: {
            name: string;
        };
        SetupNeed: {
            needed: boolean;
        };
        SetupOffer: {
            items: components["schemas"]["Trade"][];
            packs: components["schemas"]["SetupPack"][];
        };
        SetupPack: {
            description: components["schemas"]["Label"];
            id: string;
            label: components["schemas"]["Label"];
        };
        SetupUnit: {
            name: string;
            parent?: string;
            type: string;
        };
        Sight: {
            can: string[];
            epoch: number;
            kinds: components["schemas"]["KindSight"][];
            person: components["schemas"]["Name"];
        };
        SightRule: {
            effect: string;
            origin: components["schemas"]["Origin"];
            rule: string;
            sentence: components["schemas"]["Label"];
        };
        SignIn: {
            code?: string;
            login: string;
            passkey?: components["schemas"]["PasskeyProof"];
            password: string;
        };
        SignedIn: {
            must_change?: boolean;
            person?: components["schemas"]["Name"];
            waiting?: boolean;
        };
        SignedInSession: {
            address: string;
            /** Format: date-time */
            created_at: string;
            current: boolean;
            device: string;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            /** Format: date-time */
            last_seen_at: string;
            /** Format: date-time */
            until: string;
        };
        SignedInSessionList: {
            items: components["schemas"]["SignedInSession"][];
        };
        Somebody: {
            /** @description An id: a decimal number below 2^53. */
            id: string;
            name: string;
            unit?: string;
        };
        Source: {
            pack?: string;
            /** @description An id: a decimal number below 2^53. */
            person?: string;
            position?: string;
            type: string;
        };
        Spread: {
            by: string;
            to: string[];
        };
        StageParts: {
            anywhere?: boolean;
            code: string;
            from?: string[];
            label: components["schemas"]["Label"];
            needs?: string[];
            outcome?: string;
            retired?: boolean;
        };
        StageUse: {
            id?: string;
            name: string;
            what: string;
        };
        StatementField: {
            label: components["schemas"]["Label"];
            name: string;
        };
        StatementLine: {
            changed: number;
            fields: components["schemas"]["StatementField"][];
            files: number;
            /** Format: date-time */
            first: string;
            kind: string;
            label: components["schemas"]["Label"];
            /** Format: date-time */
            last: string;
            listed: number;
            opened: number;
            /** @description An id: a decimal number below 2^53. */
            record: string;
            refused: number;
            title?: string;
        };
        StatementTotals: {
            changed: number;
            files: number;
            listed: number;
            opened: number;
            refused: number;
        };
        Statistics: {
            /** Format: date-time */
            at: string;
            base: number;
            day: string;
            epoch: number;
            group?: string;
            groups: components["schemas"]["StatisticsBar"][];
            kind: string;
            least: number;
            left: number;
            making?: components["schemas"]["StatisticsMaking"];
            measure: string;
        };
        StatisticsBar: {
            average?: {
                [key: string]: string;
            };
            count?: number;
            key: string;
            shown: boolean;
            sum?: {
                [key: string]: string;
            };
            title?: string;
        };
        StatisticsField: {
            ask: string;
            choices?: components["schemas"]["Choice"][];
            field: string;
            label: components["schemas"]["Label"];
            type: string;
        };
        StatisticsKind: {
            groups: components["schemas"]["StatisticsField"][];
            kind: string;
            label: components["schemas"]["Label"];
            making?: components["schemas"]["StatisticsMaking"];
            measures: components["schemas"]["StatisticsField"][];
        };
        StatisticsMaking: {
            percent: number;
        };
        StatisticsOffer: {
            kinds: components["schemas"]["StatisticsKind"][];
            least: number;
        };
        Step: {
            added?: boolean;
            all?: boolean;
            by: components["schemas"]["Source"][];
            hours: number;
        };
        StepSource: {
            label?: components["schemas"]["Label"];
            pack?: string;
            /** @description An id: a decimal number below 2^53. */
            person?: string;
            position?: string;
            type: string;
        };
        StreamTry: {
            id: string;
            outcome: string;
            status?: number;
        };
        StringList: {
            items: string[];
        };
        TagGroup: {
            colour: string;
            rules?: components["schemas"]["TagRule"][];
            tells?: string[];
        };
        TagOutlook: {
            matching?: components["schemas"]["Matching"];
            problem?: components["schemas"]["ConditionProblem"];
            sentence?: components["schemas"]["Label"];
            tells: components["schemas"]["TagTold"][];
        };
        TagRule: {
            tag: string;
            terms?: components["schemas"]["TagTerm"][];
            when?: components["schemas"]["Cond"];
        };
        TagRun: {
            awaits?: string[];
            by?: components["schemas"]["Name"];
            changed: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            finished_at?: string;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            kind: string;
            looked: number;
            status: string;
            total: number;
            why: string;
        };
        TagRunList: {
            items: components["schemas"]["TagRun"][];
        };
        TagTerm: {
            currency?: string;
            date?: string;
            last?: boolean;
            op?: string;
            relation?: string;
            sum?: string;
            value?: string;
            where?: components["schemas"]["Cond"];
            window?: components["schemas"]["TagWindow"];
        };
        TagTold: {
            class: string;
            field: string;
            kind: string;
            label: components["schemas"]["Label"];
        };
        TagWindow: {
            from?: number;
            mode: string;
            to?: number;
            unit: string;
        };
        Target: {
            /** @description An id: a decimal number below 2^53. */
            id: string;
            version: number;
        };
        TeamAccess: {
            /** Format: date-time */
            from?: string;
            kind: string;
            label: components["schemas"]["Label"];
            /** @description An id: a decimal number below 2^53. */
            record: string;
            title?: string;
            /** Format: date-time */
            until?: string;
        };
        TemplateRule: {
            except: string[];
            for: string[];
            rule: components["schemas"]["RuleFields"];
            scene: components["schemas"]["Label"];
        };
        TenantName: {
            name: string;
        };
        Timeline: {
            /** Format: date-time */
            archived_before?: string;
            items: components["schemas"]["Happening"][];
            next?: string;
        };
        Token: {
            actions?: string[];
            /** Format: date-time */
            created_at: string;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            kinds?: string[];
            /** Format: date-time */
            last_seen_at?: string;
            name: string;
            /** Format: date-time */
            until: string;
        };
        TokenList: {
            items: components["schemas"]["Token"][];
        };
        Total: {
            capped: boolean;
            count: number;
        };
        TraceForm: {
            file?: string;
            text?: string;
        };
        TracedCopy: {
            address?: string;
            agree: number;
            /** Format: date-time */
            at: string;
            by_form: components["schemas"]["FormTally"][];
            canaries?: components["schemas"]["InventedRow"][];
            channel: string;
            code: string;
            compared: number;
            device: string;
            device_label?: string;
            evidence: components["schemas"]["Evidence"][];
            exponent?: number;
            format: string;
            held: number;
            /** @description An id: a decimal number below 2^53. */
            job?: string;
            kind: string;
            login?: string;
            person?: components["schemas"]["Name"];
            purpose?: string;
            rows: number;
            sealed?: components["schemas"]["SealedCopy"];
            /** @description An id: a decimal number below 2^53. */
            session?: string;
            /** @description An id: a decimal number below 2^53. */
            token?: string;
            whole: number;
        };
        Tracing: {
            candidates: number;
            copies: number;
            hash?: string;
            invented: components["schemas"]["TracedCopy"][];
            looked: number;
            millis: number;
            most: number;
            name?: string;
            named: components["schemas"]["TracedCopy"][];
            nearest?: number;
            recognised: number;
            rows: number;
            sites: number;
            stated: components["schemas"]["TracedCopy"][];
            unknown: string[];
        };
        Trade: {
            description: components["schemas"]["Label"];
            fields: components["schemas"]["CustomField"][];
            guards: components["schemas"]["TradeGuard"][];
            id: string;
            label: components["schemas"]["Label"];
            pool: components["schemas"]["Label"];
            positions: components["schemas"]["TradePosition"][];
            shares: components["schemas"]["TradeShare"][];
            tags: components["schemas"]["Label"][];
            units: components["schemas"]["TradeUnit"][];
        };
        TradeGuard: {
            actions: string[];
            id: string;
            kind: string;
            label: components["schemas"]["Label"];
            positions: string[];
        };
        TradePosition: {
            code: string;
            label: components["schemas"]["Label"];
            packs: string[];
        };
        TradeShare: {
            label: components["schemas"]["Label"];
            positions: string[];
            template: string;
        };
        TradeUnit: {
            depth: number;
            name: components["schemas"]["Label"];
            type: string;
        };
        Transfer: {
            children?: string[];
            keep_access?: number;
            note?: string;
            /** @description An id: a decimal number below 2^53. */
            to: string;
        };
        TransferAsk: {
            children?: string[];
            keep_access?: number;
            kind: string;
            note?: string;
            /** @description An id: a decimal number below 2^53. */
            record: string;
            /** @description An id: a decimal number below 2^53. */
            to: string;
        };
        TransferLook: {
            /** @description An id: a decimal number below 2^53. */
            to?: string;
        };
        TransferPart: {
            kind: string;
            label: components["schemas"]["Label"];
            relation: string;
            stay: components["schemas"]["MassSkip"][];
            will: number;
        };
        TransferPlan: {
            ask?: boolean;
            may: boolean;
            owner?: components["schemas"]["Name"];
            parts: components["schemas"]["TransferPart"][];
            unit?: string;
            why?: components["schemas"]["MassSkip"];
        };
        Transferred: {
            item: components["schemas"]["Item"];
            parts: components["schemas"]["TransferPart"][];
        };
        TriedTagRule: {
            kind: string;
            rule: components["schemas"]["TagRule"];
        };
        Trouble: {
            at?: string;
            code: string;
            detail: string;
            errors?: components["schemas"]["Mistake"][];
            kind: string;
            params?: {
                [key: string]: unknown;
            };
        };
        TypedCode: {
            code: string;
        };
        Unit: {
            heads: components["schemas"]["Name"][];
            /** @description An id: a decimal number below 2^53. */
            id: string;
            name: string;
            /** @description An id: a decimal number below 2^53. */
            parent?: string;
            people: number;
            place?: components["schemas"]["LatLng"];
            type: string;
            version: number;
        };
        UnitChange: {
            heads?: string[];
            /** @description An id: a decimal number below 2^53. */
            id: string;
            name?: string;
            /** @description An id: a decimal number below 2^53. */
            parent?: string;
            place?: components["schemas"]["LatLng"];
            type?: string;
            version: number;
        };
        UnitFields: {
            heads?: string[];
            name?: string;
            /** @description An id: a decimal number below 2^53. */
            parent?: string;
            place?: components["schemas"]["LatLng"];
            type?: string;
        };
        UnitImpact: {
            gained: {
                [key: string]: number;
            };
            lost: {
                [key: string]: number;
            };
            people: number;
            unit?: components["schemas"]["Name"];
        };
        UnitList: {
            items: components["schemas"]["Unit"][];
        };
        UnreadNotices: {
            unread: number;
        };
        Unusual: {
            alerts: components["schemas"]["AlertCount"][];
            /** @description An id: a decimal number below 2^53. */
            id: string;
            name: string;
            unit?: string;
        };
        ViewChange: {
            default?: boolean;
            name?: string;
            search?: components["schemas"]["ViewSearch"];
            shared?: components["schemas"]["ViewShare"];
        };
        ViewSearch: {
            any?: boolean;
            as?: string;
            cel?: string;
            cols?: string;
            f?: string[][];
            q?: string;
            sort?: string;
            w?: {
                [key: string]: number;
            };
        };
        ViewShare: {
            everyone?: boolean;
            positions?: string[];
            units?: string[];
        };
        Waiting: {
            for?: components["schemas"]["Name"];
            joined?: boolean;
            person: components["schemas"]["Name"];
        };
        Watermark: {
            /** Format: date-time */
            at: string;
            code: string;
            name: string;
            screen: boolean;
            tail: string;
        };
        WatermarkChoice: {
            everyone: boolean;
        };
        WatermarkCode: {
            code: string;
        };
        WatermarkSettings: {
            everyone: boolean;
            version: number;
        };
        WatermarkTrace: {
            address: string;
            /** Format: date-time */
            began_at: string;
            code: string;
            device: string;
            /** Format: date-time */
            ended_at?: string;
            label?: string;
            network: string;
            person: components["schemas"]["Name"];
        };
        WatermarkTraceList: {
            items: components["schemas"]["WatermarkTrace"][];
        };
        Who: {
            any: components["schemas"]["Clause"][];
            except?: components["schemas"]["Clause"][];
        };
        WhoCan: {
            items: components["schemas"]["Holder"][];
            next?: string;
        };
        Window: {
            /** Format: date-time */
            from?: string;
            /** Format: date-time */
            until?: string;
        };
        Words: {
            en: string;
            zh: string;
        };
        WorkTurn: {
            again?: boolean;
            attempt?: number;
            changed?: number;
            died?: boolean;
            /** @description An id: a decimal number below 2^53. */
            id?: string;
            month?: string;
            of?: string;
            part?: boolean;
            rows?: number;
            status: string;
            type: string;
        };
        Written: {
            author: components["schemas"]["Name"];
            can: string[];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            edited_at?: string;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            mentions: components["schemas"]["Name"][];
            text: string;
            unreached?: components["schemas"]["Name"][];
        };
        WrittenEmergencySettings: {
            classes: string[];
            kinds: string[];
            late_hours: number;
            minutes: number;
            per_day: number;
            review_hours: number;
            version: number;
        };
        WrittenField: {
            choices?: components["schemas"]["Choice"][];
            class: string;
            encrypted?: boolean;
            group?: components["schemas"]["TagGroup"];
            key: string;
            kind: string;
            label: components["schemas"]["Label"];
            link?: string;
            /** @enum {string} */
            mask?: "hidden" | "masked:constant" | "masked:year" | "masked:district" | "masked:domain" | "masked:range" | "masked:tail" | "masked:ends" | "masked" | "plain";
            required?: boolean;
            search?: boolean;
            type: string;
            version: number;
        };
        WrittenFieldList: {
            items: components["schemas"]["WrittenField"][];
        };
        WrittenMailSettings: {
            has_password: boolean;
            heads_to?: string;
            host: string;
            link?: string;
            link_only: boolean;
            on: boolean;
            port: number;
            security: string;
            sender: string;
            user?: string;
            version: number;
        };
        WrittenRevealSettings: {
            factor: string[];
            per_day: number;
            seconds: number;
            version: number;
        };
        WrittenRouting: {
            field?: string;
            hours?: number;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            kind: string;
            name: string;
            position?: string;
            stage?: string;
            tag?: string;
            task: string;
            to: string;
            version: number;
        };
        WrittenRoutingList: {
            items: components["schemas"]["WrittenRouting"][];
        };
        WrittenRule: {
            /** Format: date-time */
            created_at: string;
            problem?: string;
            rule: components["schemas"]["Rule"];
            sentence: components["schemas"]["Label"];
            /** Format: date-time */
            updated_at: string;
        };
        WrittenRuleList: {
            items: components["schemas"]["WrittenRule"][];
        };
        WrittenSignInSettings: {
            device_days: number;
            factor: string;
            first_use: string;
            freeze: boolean;
            hour_from: number;
            hour_until: number;
            keep: boolean;
            version: number;
        };
        WrittenStages: {
            fixed: string[];
            kind: string;
            stages: components["schemas"]["StageParts"][];
            used: {
                [key: string]: components["schemas"]["StageUse"][];
            };
            version: number;
        };
        WrittenStatisticsSettings: {
            budget: number;
            least: number;
            version: number;
        };
        WrittenStream: {
            behind: number;
            entries: boolean;
            failed?: string;
            failed_status?: number;
            /** Format: date-time */
            former_until?: string;
            /** Format: date-time */
            next_at?: string;
            on: boolean;
            secret?: string;
            /** Format: date-time */
            sent_at?: string;
            /** Format: date-time */
            stopped_at?: string;
            tries?: number;
            url: string;
            values: boolean;
            version: number;
        };
        WrittenWatchSettings: {
            detectors: {
                [key: string]: components["schemas"]["Setting"];
            };
            usual: {
                [key: string]: components["schemas"]["Setting"];
            };
            version: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    access: {
        parameters: {
            query?: {
                /** @description Whose; mine when absent. */
                person?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Access"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    alerts: {
        parameters: {
            query?: {
                /** @description What became of them. */
                state?: "every" | "open" | "confirmed" | "dismissed";
                /** @description What found them. */
                detector?: "every" | "honey" | "hour" | "fresh" | "slow" | "row" | "night" | "place" | "chunks" | "leaver" | "reveals" | "denials";
                /** @description About this person. */
                person?: string;
                /** @description `next` of the page before. */
                before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertPage"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    watchSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenWatchSettings"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setWatchSettings: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWatchSettings"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenWatchSettings"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stream: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenStream"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setStream: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewStream"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenStream"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tryStream: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StreamTry"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    alert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertDetail"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askFactorByAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertDetail"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    freezeByAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertDetail"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    judgeAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AlertVerdict"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertDetail"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    chains: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChainList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setChain: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path: {
                type: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChainSteps"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chain"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askPage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskedPage"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    auditArchive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/jsonl": unknown;
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    storedAuditArchive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                from: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/jsonl": unknown;
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditCheck"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    auditEntries: {
        parameters: {
            query?: {
                /** @description Who did it, or for whom it was done. */
                person?: string;
                /** @description With record: the kind of the record. */
                kind?: string;
                /** @description The record that was shown, changed or refused, also as one of many. */
                record?: string;
                /** @description The export that was ordered, made or fetched. */
                export?: string;
                /** @description The sort of acts. */
                group?: "every" | "reads" | "edits" | "exports" | "refusals" | "access" | "sign_in" | "administration";
                /** @description From this instant on, as RFC 3339 has it. */
                from?: string;
                /** @description Before this instant. */
                until?: string;
                /** @description At most so many, 1 to 200; 50 when absent. */
                limit?: number;
                /** @description next of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    planAuditErasure: {
        parameters: {
            query: {
                /** @description The kind of the record; person for somebody of the company. */
                kind: string;
                /** @description The record about which personal data is to go. */
                record: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasurePlan"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    eraseAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewErasure"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erased"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    auditRetention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Retention"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setAuditRetention: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRetention"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Retention"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    auditSeal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditSeal"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    bulkChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MassResult"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelBulk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    undoBulk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MassResult"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    colleagues: {
        parameters: {
            query: {
                /** @description What their name has, how it is spoken, or its initials. */
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ColleagueList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    condition: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConditionText"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Condition"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    devices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    nameDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceName"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    emergencies: {
        parameters: {
            query?: {
                /** @description mine; review: for me to review now; all: of my people, or everybody's with the right policy or audit. */
                scope?: "mine" | "review" | "all";
                /** @description Opened by this person. */
                person?: string;
                /** @description How they stand; late: nobody has reviewed it in time. */
                state?: "every" | "open" | "waiting" | "late" | "follow_up" | "justified" | "unjustified";
                /** @description `next` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmergencyPage"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openEmergency: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEmergency"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Emergency"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    emergencyPeople: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmergencyCountsList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    emergencySettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenEmergencySettings"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setEmergencySettings: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmergencySettings"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenEmergencySettings"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    emergencyStanding: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmergencyStanding"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    emergency: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Emergency"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endEmergency: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Emergency"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reviewEmergency: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmergencyVerdict"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Emergency"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    emergencySeen: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmergencySeenList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    explain: {
        parameters: {
            query: {
                /** @description Whose access; me when absent. */
                person?: string;
                /** @description The kind of the record. */
                kind: string;
                /** @description The record. */
                id: string;
                /** @description read, edit, …; read when absent. */
                action?: string;
                /** @description Explains the level of the field instead; with edit or create, whether it may be set. */
                field?: string;
                /** @description The same, in a link. */
                view_as?: string;
            };
            header?: {
                /** @description Look as this person: read only, for who administers or audits the policy. */
                "View-As"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exports: {
        parameters: {
            query?: {
                /** @description me, or everybody, which takes the right audit and tells no file. */
                of?: "me" | "everybody";
                /** @description `next` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createExport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewExport"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    blockedExports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlockedExports"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportLimits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportLimits"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setExportLimits: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewExportLimits"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportLimits"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewExport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewExport"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportPlan"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    factor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnFactor"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    beginFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FactorPassword"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewFactor"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FactorCode"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPasskey"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedPasskey"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    beginPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasskeyBegin"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyWish"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyAsk"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    provePasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasskeyProof"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorProof"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    namePasskey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasskeyName"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removePasskey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FactorPassword"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proveFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FactorCode"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorProof"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FactorRemoval"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    figures: {
        parameters: {
            query?: {
                /** @description CEL over r (the record), p (me) and ctx, as of a list. */
                filter?: string;
                /** @description Words to find in the fields that are plain on the record. */
                q?: string;
                /** @description A choice, yes-or-no field, owner, unit or pool; or day, month, quarter or year of a date: month(created_at). Absent: all together. */
                group?: string;
                /** @description count, or sum: and a number or money field. A record counts only where the fields concerned are plain on it. */
                measure?: string;
            };
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Figures"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    grants: {
        parameters: {
            query?: {
                /** @description mine (given or received) or all. */
                scope?: "mine" | "all";
                /** @description Given or received by this person. */
                person?: string;
                /** @description Of records of this kind. */
                kind?: string;
                /** @description That names this record of the kind. */
                record?: string;
                /** @description Every one; open: in force or yet to begin; ending: in force and over within 7 days; unused: in force and never of use. */
                state?: "every" | "open" | "ending" | "unused";
                /** @description Older than this one: `id` of the last of the page before. */
                before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    grant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGrant"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    planGrant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGrant"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantPlan"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeGrant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    extendGrant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExtendedGrant"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    viewGranted: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantView"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    honeyMarks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoneyMarkList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    markHoney: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoneyNote"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unmarkHoney: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    imports: {
        parameters: {
            query?: {
                /** @description me, or everybody, which takes the right audit and tells no file. */
                of?: "me" | "everybody";
                /** @description `next` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createImport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["ImportForm"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewImport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["PreviewForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPreview"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askHeadsOf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AskedHeads"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importErrors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revertImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevertOrder"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    kinds: {
        parameters: {
            query?: {
                /** @description The same, in a link. */
                view_as?: string;
            };
            header?: {
                /** @description Look as this person: read only, for who administers or audits the policy. */
                "View-As"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KindInfoList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mails: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tryMail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MailTry"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mail"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mailSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenMailSettings"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setMailSettings: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMailSettings"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenMailSettings"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mailAgain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mail"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me: {
        parameters: {
            query?: {
                /** @description The same, in a link. */
                view_as?: string;
            };
            header?: {
                /** @description Look as this person: read only, for who administers or audits the policy. */
                "View-As"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    away: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AwayNow"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setAway: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAway"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Away"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    comeBack: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ownNote: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnNote"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setOwnNote: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnNote"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    undoMerge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    notices: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description only leaves out what was read. */
                unread?: "all" | "only";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticePage"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readNotices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadNotices"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unreadNotices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnreadNotices"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    handOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandOut"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandedOutList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    appointments: {
        parameters: {
            query: {
                /** @description Whose appointments. */
                person: string;
                /** @description Only those in the unit. */
                unit?: string;
                /** @description The same, in a link. */
                view_as?: string;
            };
            header?: {
                /** @description Look as this person: read only, for who administers or audits the policy. */
                "View-As"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppointmentList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    appoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAppointment"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Appointment"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endAppointment: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeAppointment: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppointmentChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Appointment"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reorganise: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reorganisation"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reorganised"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    orgImpact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reorganisation"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Impact"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    personAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    personDevices: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    admitDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                device: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    blockDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                device: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signOutDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                device: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resetFactor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leaving: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeavingAnswer"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    givePassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GivenPassword"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stopAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    thawAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pools: {
        parameters: {
            query?: {
                /** @description The same, in a link. */
                view_as?: string;
            };
            header?: {
                /** @description Look as this person: read only, for who administers or audits the policy. */
                "View-As"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createPool: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PoolFields"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    poolStanding: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolStanding"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deletePool: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updatePool: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PoolFields"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    poolRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolRun"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recyclePool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolRun"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelPoolRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    poolRuns: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolRunList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setPool: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PoolSettings"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolStanding"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    positions: {
        parameters: {
            query?: {
                /** @description The same, in a link. */
                view_as?: string;
            };
            header?: {
                /** @description Look as this person: read only, for who administers or audits the policy. */
                "View-As"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PositionList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putPosition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PositionLabel"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Position"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deletePosition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    units: {
        parameters: {
            query?: {
                /** @description The same, in a link. */
                view_as?: string;
            };
            header?: {
                /** @description Look as this person: read only, for who administers or audits the policy. */
                "View-As"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnitList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createUnit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UnitFields"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unit"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteUnit: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateUnit: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UnitFields"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unit"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unitAppointments: {
        parameters: {
            query?: {
                /** @description The same, in a link. */
                view_as?: string;
            };
            header?: {
                /** @description Look as this person: read only, for who administers or audits the policy. */
                "View-As"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppointmentList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssignmentList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignPack: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAssignment"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Assignment"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unassignPack: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeAssignment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Window"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Assignment"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    policyBlocks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyBlockList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    policyDrafts: {
        parameters: {
            query?: {
                /** @description Only drafts in this state; those that are open or waiting when absent. */
                state?: "open" | "waiting" | "published" | "discarded";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDraftList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createPolicyDraft: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPolicyDraft"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDraft"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    policyDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDraft"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    discardPolicyDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    editPolicyDraft: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftFields"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDraft"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmPolicyDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDraft"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    draftImpact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftImpact"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Impact"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publishPolicyDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Publication"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDraft"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rebasePolicyDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Rebasing"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDraft"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refusePolicyDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Refusal"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDraft"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    customFields: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenFieldList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    orderCustomFields: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FieldOrder"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putCustomField: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path: {
                kind: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomFieldParts"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenField"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteCustomField: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    impact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Draft"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Impact"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ruleKinds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleKindList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    matrix: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MatrixQuery"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Matrix"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    matrixCell: {
        parameters: {
            query: {
                /** @description The draft that it is a matrix of; what is published when absent. */
                draft?: string;
                /** @description The position of the row. */
                position?: string;
                /** @description The unit of the row. */
                unit?: string;
                /** @description The person of the row. */
                person?: string;
                /** @description The kind of the column. */
                kind: string;
                /** @description The action of the column. */
                action?: string;
                /** @description The field of the column. */
                field?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatrixWhy"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    packs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PackList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenRuleList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RuleFields"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenRule"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RuleEnd"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenRule"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenStages"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putStages: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutStages"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenStages"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tagRuns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagRunList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    runTags: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTagRun"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagRun"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelTags: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tryTagRule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TriedTagRule"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagOutlook"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ruleTemplates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleTemplateList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    policyVersions: {
        parameters: {
            query?: {
                /** @description The next of the page before. */
                cursor?: number;
                /** @description How many; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersions"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    policyVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersion"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    policyDiff: {
        parameters: {
            query?: {
                /** @description The version to compare with; the one before when absent. */
                with?: number;
            };
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDiff"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollbackPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Rollback"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Enacted"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    myPools: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolStandingList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRecords: {
        parameters: {
            query?: {
                /** @description CEL over r (the record), p (me) and ctx. It touches a record only where the field is plain on it. */
                filter?: string;
                /** @description Words to find in the fields that are plain on the record. */
                q?: string;
                /** @description A field, with - in front to descend; -updated_at when absent. */
                sort?: string;
                /** @description 1 to 200 items; 50 when absent. */
                limit?: number;
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description Names of fields between commas; all when absent. */
                fields?: string;
                /** @description capped counts up to 10,000. */
                count?: "none" | "capped";
                /** @description Names of money and number fields between commas. */
                sum?: string;
                /** @description The same, in a link. */
                view_as?: string;
            };
            header?: {
                /** @description Look as this person: read only, for who administers or audits the policy. */
                "View-As"?: string;
            };
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createRecord: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordFields"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askHead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HeadAsk"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    batchRecords: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Batch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    bulk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MassToken"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MassResult"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewBulk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MassAsk"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MassResult"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    duplicates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordFields"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Duplicates"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lookedAfter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordFields"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LookedAfter"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    poolMany: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Pooling"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PooledMany"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tags: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StringList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRecord: {
        parameters: {
            query?: {
                /** @description The same, in a link. */
                view_as?: string;
            };
            header?: {
                /** @description Look as this person: read only, for who administers or audits the policy. */
                "View-As"?: string;
            };
            path: {
                kind: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteRecord: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path: {
                kind: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateRecord: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path: {
                kind: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordFields"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askUnseen: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskedWords"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Assigning"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    attachments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachments"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    attach: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["AttachmentForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachment"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                id: string;
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    attachmentFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                id: string;
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    claim: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    comments: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                kind: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comments"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addComment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewComment"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteComment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                id: string;
                comment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    editComment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                id: string;
                comment: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewComment"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    merge: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path: {
                kind: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Merging"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergedRecord"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mergedInto: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergedInto"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    release: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Releasing"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reveal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevealAsk"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Revealed"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    team: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollaboratorList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addCollaborator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCollaborator"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeCollaborator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                id: string;
                person: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    timeline: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
                /** @description 1 to 100 entries; 30 when absent. */
                limit?: number;
                /** @description Parts between commas: activities, related, changes, permissions, comments, files; all when absent. */
                what?: string;
            };
            header?: never;
            path: {
                kind: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    transfer: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path: {
                kind: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Transfer"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transferred"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    planTransfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransferLook"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferPlan"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askReport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportMonth"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportDocument"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reportFile: {
        parameters: {
            query?: {
                /** @description The language. */
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requests: {
        parameters: {
            query?: {
                /** @description mine; waiting for my decision; decided by me; all, which takes the right policy or audit. */
                scope?: "mine" | "waiting" | "decided" | "all";
                /** @description `next` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestPage"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ask: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestsForMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestsForMe"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    request: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecisionWords"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestRecords: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AskedRecords"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refuseRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecisionWords"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revealSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenRevealSettings"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setRevealSettings: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevealSettings"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenRevealSettings"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revealDay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevealDay"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    routings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenRoutingList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createRouting: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Routing"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenRouting"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateRouting: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Routing"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenRouting"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteRouting: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sandboxes: {
        parameters: {
            query?: {
                /** @description mine: opened by me; in: I am in it; both; all: everybody's, for who administers or audits permissions. */
                scope?: "both" | "mine" | "in" | "all";
                /** @description Opened by this person, or they are or were in it. */
                person?: string;
                /** @description Every one; open: running or yet to begin; ended. */
                state?: "every" | "open" | "ended";
                /** @description With `record`: those in which this record lies, of the ones that I opened or am in; and those into which somebody put it who does not have it any more, if I do. */
                kind?: string;
                /** @description The record of that kind. */
                record?: string;
                /** @description Older than this one: `id` of the last of the page before. */
                before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SandboxList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSandbox: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSandbox"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sandbox"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    planShare: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlannedShare"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantPlan"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sandbox: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sandbox"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeSandbox: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SandboxTitle"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sandbox"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSandbox: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sandbox"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    extendSandbox: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SandboxEnd"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sandbox"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addMembers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMembers"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sandbox"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                person: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addShare: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewShare"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sandbox"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawShare: {
        parameters: {
            query?: {
                /** @description Only this record of it. Who has the record may, while who put it there does not have it any more. */
                record?: string;
            };
            header?: never;
            path: {
                id: string;
                share: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sandboxStatement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SandboxStatement"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sandboxStatementFile: {
        parameters: {
            query?: {
                /** @description Of headings and fields. */
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search: {
        parameters: {
            query: {
                /** @description Words to find in what is plain on the record; names also by pinyin and initials. */
                q: string;
                /** @description Names of kinds between commas; all when absent. */
                kinds?: string;
                /** @description 1 to 20 records of each kind; 6 when absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sees: {
        parameters: {
            query?: {
                /** @description Whose sight; mine when absent. */
                person?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sight"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askPasskeyToSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasskeySignIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyAsk"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sessionStream: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedInSessionList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setupNeeded: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupNeed"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetupCompany"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setupTrades: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetupCode"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupOffer"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signInSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenSignInSettings"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setSignInSettings: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Settings"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenSignInSettings"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    statisticsOffer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatisticsOffer"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    statistics: {
        parameters: {
            query?: {
                /** @description One of those offered. Absent: all together. */
                group?: string;
                /** @description count, or sum: and a field that is offered, with its average. */
                measure?: string;
            };
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statistics"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    statisticsSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenStatisticsSettings"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setStatisticsSettings: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Limits"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenStatisticsSettings"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewToken"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeToken"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    trace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["TraceForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tracing"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    canaries: {
        parameters: {
            query?: {
                /** @description `next` of the page before. */
                before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CanaryPage"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    traceExportCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TypedCode"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tracing"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    markSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarkSettings"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setMarkSettings: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMarkSettings"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarkSettings"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    views: {
        parameters: {
            query: {
                /** @description The kind whose views are asked for. */
                kind: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListViewList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    saveView: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewView"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListView"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteView: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeView: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListView"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    watermarkSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WatermarkSettings"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setWatermarkSettings: {
        parameters: {
            query?: never;
            header: {
                /** @description The version last read, such as "3". */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WatermarkChoice"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WatermarkSettings"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    traceWatermark: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WatermarkCode"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WatermarkTraceList"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    whoCan: {
        parameters: {
            query: {
                /** @description The kind of the record. */
                kind: string;
                /** @description The record. */
                id: string;
                /** @description read, edit, …; read when absent. */
                action?: string;
                /** @description `next` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WhoCan"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    healthy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description A problem: Internal 500, Invalid 400, Denied 403, NotFound 404, Conflict 409, Stale 412, Locked 429 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
