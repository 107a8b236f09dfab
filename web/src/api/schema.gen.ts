// Made by npm run gen from docs/openapi.json. Do not edit.
export interface paths {
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
        get?: never;
        put?: never;
        /** Ask for a list as a file */
        post: operations["createExport"];
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
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring a table in, or try it */
        post: operations["createImport"];
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
        get?: never;
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
    "/api/v1/policy/fields/{kind}/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Add or change a field */
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
    "/api/v1/policy/sharings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sharing rules to begin with */
        get: operations["sharings"];
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
        Account: {
            /** Format: date-time */
            changed_at?: string;
            login: string;
            open: boolean;
            password: boolean;
            /** @description An id: a decimal number below 2^53. */
            person: string;
            /** Format: date-time */
            stopped_at?: string;
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
        Batch: {
            delete?: boolean;
            fields?: {
                [key: string]: unknown;
            };
            ids: components["schemas"]["Target"][];
        };
        Choice: {
            code: string;
            label: components["schemas"]["Label"];
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
        CustomField: {
            choices?: components["schemas"]["Choice"][];
            class: string;
            key: string;
            kind: string;
            label: components["schemas"]["Label"];
            link?: string;
            required?: boolean;
            search?: boolean;
            type: string;
        };
        CustomFieldList: {
            items: components["schemas"]["CustomField"][];
        };
        CustomFieldParts: {
            choices?: components["schemas"]["Choice"][];
            class: string;
            label: components["schemas"]["Label"];
            link?: string;
            required?: boolean;
            search?: boolean;
            type: string;
        };
        Draft: {
            assign?: components["schemas"]["Assignment"][];
            delete?: string[];
            kinds?: string[];
            people?: string[];
            put?: components["schemas"]["Rule"][];
            unassign?: string[];
        };
        Duty: {
            approval?: string[];
            reason?: boolean;
            second_factor?: boolean;
            watermark?: boolean;
        };
        Explanation: {
            allowed: boolean;
            epoch: number;
            forbids: components["schemas"]["Reason"][];
            level?: string;
            missing: components["schemas"]["Reason"][];
            permits: components["schemas"]["Reason"][];
        };
        FieldInfo: {
            choices?: components["schemas"]["Choice"][];
            class: string;
            create: boolean;
            custom: boolean;
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
        FieldRule: {
            class?: string;
            edit?: boolean;
            field?: string;
            /** @enum {string} */
            level: "hidden" | "masked" | "plain";
        };
        GivenPassword: {
            password: string;
        };
        Grant: {
            actions: string[];
            fields: components["schemas"]["FieldRule"][];
            /** Format: date-time */
            from: string;
            giver: components["schemas"]["Name"];
            /** @description An id: a decimal number below 2^53. */
            id: string;
            kind: string;
            purpose: string;
            receiver: components["schemas"]["Name"];
            records: string[];
            /** Format: date-time */
            revoked_at?: string;
            sentence: components["schemas"]["Label"];
            state: string;
            /** Format: date-time */
            until: string;
            when?: components["schemas"]["Cond"];
        };
        GrantList: {
            items: components["schemas"]["Grant"][];
        };
        Health: {
            status: string;
        };
        Holder: {
            person: components["schemas"]["Name"];
            reasons: components["schemas"]["Reason"][];
        };
        Impact: {
            epoch: number;
            people: components["schemas"]["PersonImpact"][];
        };
        ImpactSample: {
            gained?: string[];
            /** @description An id: a decimal number below 2^53. */
            id: string;
            less?: string[];
            lost?: string[];
            more?: string[];
        };
        ImportForm: {
            atomic?: string;
            file: string;
            key?: string;
            kind: string;
            mapping?: string;
            mode?: string;
        };
        Item: {
            can: string[];
            editable: string[];
            fields: {
                [key: string]: unknown;
            };
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
            title: string;
            version: number;
        };
        ItemList: {
            items: components["schemas"]["Item"][];
        };
        Job: {
            created: number;
            /** Format: date-time */
            created_at: string;
            done: number;
            errors_url?: string;
            failed: number;
            file_url?: string;
            /** Format: date-time */
            finished_at?: string;
            /** @description An id: a decimal number below 2^53. */
            id: string;
            kind: string;
            problem?: components["schemas"]["Trouble"];
            status: string;
            total?: number;
            type: string;
            unchanged: number;
            updated: number;
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
            columns: string[];
            fields: components["schemas"]["FieldInfo"][];
            label: components["schemas"]["Label"];
            name: string;
            plural: components["schemas"]["Label"];
            relations: components["schemas"]["RelationInfo"][];
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
        Link: {
            /** @description An id: a decimal number below 2^53. */
            id: string;
            title?: string;
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
        Me: {
            appointments: components["schemas"]["MyAppointment"][];
            can: string[];
            epoch: number;
            kinds: string[];
            packs: components["schemas"]["MyPack"][];
            person: components["schemas"]["Name"];
            tenant: components["schemas"]["TenantName"];
        };
        Mistake: {
            at: string;
            code: string;
            detail: string;
            params?: {
                [key: string]: unknown;
            };
        };
        MyAppointment: {
            head: boolean;
            position: components["schemas"]["PositionTag"];
            unit: components["schemas"]["Name"];
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
        NewCollaborator: {
            /** Format: date-time */
            from?: string;
            /** @description An id: a decimal number below 2^53. */
            person: string;
            /** Format: date-time */
            until?: string;
        };
        NewExport: {
            fields?: string[];
            filter?: string;
            format: string;
            kind: string;
            lang?: string;
            q?: string;
            sort?: string;
        };
        NewGrant: {
            actions: string[];
            fields: components["schemas"]["FieldRule"][];
            /** Format: date-time */
            from?: string;
            kind: string;
            purpose: string;
            /** @description An id: a decimal number below 2^53. */
            receiver: string;
            records?: string[];
            /** Format: date-time */
            until: string;
            when?: components["schemas"]["Cond"];
        };
        NewToken: {
            actions?: string[];
            kinds?: string[];
            name: string;
            /** Format: date-time */
            until: string;
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
        Pack: {
            description: components["schemas"]["Label"];
            id: string;
            label: components["schemas"]["Label"];
            rules: components["schemas"]["PackRule"][];
            system: string[];
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
        };
        Pool: {
            /** @description An id: a decimal number below 2^53. */
            id: string;
            name: string;
            open?: components["schemas"]["PoolMember"][];
            version: number;
        };
        PoolFields: {
            name: string;
            open: components["schemas"]["PoolMember"][];
        };
        PoolList: {
            items: components["schemas"]["Pool"][];
        };
        PoolMember: {
            below?: boolean;
            /** @description An id: a decimal number below 2^53. */
            unit: string;
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
        Reason: {
            effect: string;
            lacks?: components["schemas"]["Lack"][];
            origin: components["schemas"]["Origin"];
            rule: string;
            scene: string;
            sentence: components["schemas"]["Label"];
            /** Format: date-time */
            until?: string;
        };
        RecordFields: {
            fields: {
                [key: string]: unknown;
            };
        };
        RelationInfo: {
            field: string;
            kind: string;
            label: components["schemas"]["Label"];
            many: boolean;
            name: string;
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
            /** Format: date-time */
            until?: string;
            when?: components["schemas"]["Cond"];
            where: components["schemas"]["Path"];
            who: components["schemas"]["Who"];
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
            /** Format: date-time */
            until?: string;
            when?: components["schemas"]["Cond"];
            where: components["schemas"]["Path"];
            who: components["schemas"]["Who"];
        };
        SharingTemplate: {
            description: components["schemas"]["Label"];
            id: string;
            label: components["schemas"]["Label"];
            rule: components["schemas"]["RuleFields"];
            scene: components["schemas"]["Label"];
        };
        SharingTemplateList: {
            items: components["schemas"]["SharingTemplate"][];
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
            login: string;
            password: string;
        };
        SignedIn: {
            person: components["schemas"]["Name"];
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
        };
        SignedInSessionList: {
            items: components["schemas"]["SignedInSession"][];
        };
        Target: {
            /** @description An id: a decimal number below 2^53. */
            id: string;
            version: number;
        };
        TenantName: {
            name: string;
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
        UnitFields: {
            heads?: string[];
            name?: string;
            /** @description An id: a decimal number below 2^53. */
            parent?: string;
            place?: components["schemas"]["LatLng"];
            type?: string;
        };
        UnitList: {
            items: components["schemas"]["Unit"][];
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
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
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
                /** @description Explains the level of the field instead. */
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
    grants: {
        parameters: {
            query?: {
                /** @description mine (given or received) or all. */
                scope?: "mine" | "all";
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
    kinds: {
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
    me: {
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
    appointments: {
        parameters: {
            query: {
                /** @description Whose appointments. */
                person: string;
                /** @description Only those in the unit. */
                unit?: string;
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
    pools: {
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
    positions: {
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
                    "application/json": components["schemas"]["CustomFieldList"];
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
    putCustomField: {
        parameters: {
            query?: never;
            header?: never;
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
                    "application/json": components["schemas"]["CustomField"];
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
    sharings: {
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
                    "application/json": components["schemas"]["SharingTemplateList"];
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
    getRecord: {
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
