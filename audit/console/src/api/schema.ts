// Made by `npm run schema` from openapi.json. Do not edit.

export interface paths {
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether this process should be left running */
        get: operations["livez"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics for Prometheus */
        get: operations["metrics"];
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
        /** Whether this process can answer */
        get: operations["readyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People who sign in, by login */
        get: operations["list-accounts"];
        put?: never;
        /**
         * Make an account
         * @description Of an institution or with roles. Nobody but its owner ever knows its password: the answer holds a link.
         */
        post: operations["add-account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account_id}": {
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
        /** Change an account of somebody else */
        patch: operations["change-account"];
        trace?: never;
    };
    "/v1/accounts/{account_id}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new one-time link
         * @description For somebody who has forgotten the password, or lost the second factor. The link of before is void.
         */
        post: operations["link-account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agreement-courses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Agreements: signed, filed, made public with objections, in force, suspended by own wish, held over, over. */
        get: operations["list-agreement-courses"];
        put?: never;
        /** A new agreement course */
        post: operations["open-agreement-course"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agreement-courses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One agreement course with its history */
        get: operations["get-agreement-course"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agreement-courses/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A step of one agreement course
         * @description 409 changed when the revision is not that seen any more, illegal_transition (saying what is possible) when the register has no such step.
         */
        post: operations["step-agreement-course"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agreements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Agreements on a day, with their terms and suspensions */
        get: operations["list-agreements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agreements/public": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The list of agreement institutions that the public may see
         * @description Without a key. Terminated ones are on it too (Shanxi Art. 39; Guangdong 5); why, and everything else, is not.
         */
        get: operations["list-public-agreements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What somebody was told and is still the case */
        get: operations["list-alerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages that are on their way, and how the latest deliveries ended */
        get: operations["list-deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/routes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The routes, and where labels come to */
        get: operations["show-routes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/silences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who mutes what until when, with those that are over */
        get: operations["list-silences"];
        put?: never;
        /**
         * Mute alerts for a time
         * @description Deadlines go on running: a silence mutes what is told, nothing else. The inbox is muted too.
         */
        post: operations["add-silence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/silences/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a silence before its time */
        delete: operations["end-silence"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test message to each receiver and say what it answered */
        post: operations["test-receivers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Applications of institutions, their papers, assessment and its validity. */
        get: operations["list-applications"];
        put?: never;
        /** A new application */
        post: operations["open-application"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One application with its history */
        get: operations["get-application"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A step of one application
         * @description 409 changed when the revision is not that seen any more, illegal_transition (saying what is possible) when the register has no such step.
         */
        post: operations["step-application"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appraisals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Conclusions of appraisals that a person is to have a device, with the standard. */
        get: operations["list-appraisals"];
        put?: never;
        /** A new appraisal */
        post: operations["open-appraisal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appraisals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One appraisal with its history */
        get: operations["get-appraisal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/appraisals/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A step of one appraisal
         * @description 409 changed when the revision is not that seen any more, illegal_transition (saying what is possible) when the register has no such step.
         */
        post: operations["step-appraisal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assessments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Annual assessments: proposed from data, entered by people, confirmed by a second. */
        get: operations["list-assessments"];
        put?: never;
        /** A new assessment */
        post: operations["open-assessment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assessments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One assessment with its history */
        get: operations["get-assessment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assessments/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A step of one assessment
         * @description 409 changed when the revision is not that seen any more, illegal_transition (saying what is possible) when the register has no such step.
         */
        post: operations["step-assessment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assessments/{institution_id}/{year}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The annual assessment of an institution (Art. 34, 47): enter a score, confirm it as a second person
         * @description Without fields the year is only opened, with a score proposed from the data. The row of assessments is written by the confirmation.
         */
        post: operations["assess-institution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Keep a file by its hash
         * @description At most 20 MiB: PDF, PNG, JPEG, TIFF, DOCX, XLSX (without macros), CSV and text in UTF-8. The bytes must be what Content-Type says. The same file again changes nothing. Statements and appeals name it by its hash.
         */
        put: operations["put-attachment"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attachments/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A file by its hash
         * @description To be saved, never to be shown by a browser. A hospital gets what it has sent itself.
         */
        get: operations["get-attachment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/backtests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Backtests, newest first, without their results */
        get: operations["backtests"];
        put?: never;
        /**
         * Run a rule or other parameters over history
         * @description What a rule, or all of them, would have found with other parameters over history as it was known at a moment, compared with what the library finds as it stands over the same facts. It runs beside live evaluation and lets that go first.
         */
        post: operations["backtest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/backtests/{backtest_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A backtest: how far it is, and its result */
        get: operations["backtest-result"];
        put?: never;
        post?: never;
        /** Cancel a backtest that has not ended */
        delete: operations["cancel-backtest"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/balances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Balances of the accounts of an institution */
        get: operations["get-balances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/baselines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compute how long stays usually last, for one month
         * @description From inpatient and rehab stays discharged in the 24 calendar months before the month, by diagnosis group and level of institution: number, 95th percentile, median and median distance to it. They replace the month's rows of los_baselines, as one load in the journal.
         */
        post: operations["build-baselines"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Findings taken together by stay
         * @description Takes the filters of the list of findings: a case holds those that were asked for.
         */
        get: operations["list-cases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Mergers and changes of name, owner, head, level, address or scope. */
        get: operations["list-changes"];
        put?: never;
        /** A new change */
        post: operations["open-change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/changes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One change with its history */
        get: operations["get-change"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/changes/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A step of one change
         * @description 409 changed when the revision is not that seen any more, illegal_transition (saying what is possible) when the register has no such step.
         */
        post: operations["step-change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What records would cause, before they are sent
         * @description The body of an upload, of at most 1,000 records and 20 persons. Nothing is stored. The answer holds the findings that these records would open or revise, from the institution's own data and the person's own supply and limits; of findings that other institutions have to do with, the own lines only. It may be asked far less often than records are uploaded: 429 slow_down.
         */
        post: operations["check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Complaints, reports, what daily review, monitoring and inspections bring to light, and the inquiry. */
        get: operations["list-clues"];
        put?: never;
        /** A new clue */
        post: operations["open-clue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clues/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One clue with its history */
        get: operations["get-clue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clues/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A step of one clue
         * @description 409 changed when the revision is not that seen any more, illegal_transition (saying what is possible) when the register has no such step.
         */
        post: operations["step-clue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/colleagues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Names of those one works with
         * @description People with an account, by login. The agency's see each other and those of the institutions that they see; an institution's see their own. Holders of keys without an account have no name.
         */
        get: operations["list-colleagues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What each rule says of each stay: hit, pass, not evaluated and why
         * @description Of every stay that has begun and whose person was evaluated, the rules that speak of its class. Not evaluated of a whole institution counts for each of its stays. A hospital without what a rule needs has not passed it. Grouped by person, in no order of persons.
         */
        get: operations["list-coverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/coverage/sums": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same counted by institution and rule */
        get: operations["list-coverage-sums"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deadlines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is coming due, by day: statements, claims, papers, renewals, ends of terms and suspensions, settlements, year ends
         * @description As the journal knows it now, with what has passed and nobody has done. A reminder to ask for renewal (Shanxi Art. 36) is a row of it. A hospital sees its own, of registers those that it was told of.
         */
        get: operations["list-deadlines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide about many findings for one reason
         * @description Each is done or refused by itself; the answer says which, in the order of the request. When nothing was done the answer is the refusal of the first, 409 changed for example, and faults has all.
         */
        post: operations["decide-findings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/digest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One SHA-256 over findings, decisions and lists
         * @description Facts only: no times, actors, keys or hashes of the chain.
         */
        get: operations["get-digest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dishonesty-list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Institutions and persons on the list of serious dishonesty. */
        get: operations["list-dishonesty-list"];
        put?: never;
        /** A new dishonesty */
        post: operations["open-dishonesty"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dishonesty-list/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One dishonesty with its history */
        get: operations["get-dishonesty"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dishonesty-list/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A step of one dishonesty
         * @description 409 changed when the revision is not that seen any more, illegal_transition (saying what is possible) when the register has no such step.
         */
        post: operations["step-dishonesty"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/disputes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Disputes about an agreement or a decision: talks, coordination, review, litigation. They suspend nothing by themselves. */
        get: operations["list-disputes"];
        put?: never;
        /** A new dispute */
        post: operations["open-dispute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/disputes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One dispute with its history */
        get: operations["get-dispute"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/disputes/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A step of one dispute
         * @description 409 changed when the revision is not that seen any more, illegal_transition (saying what is possible) when the register has no such step.
         */
        post: operations["step-dispute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/document-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Papers asked of an institution, with a day by which they must come. */
        get: operations["list-document-requests"];
        put?: never;
        /** A new document request */
        post: operations["open-document-request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/document-requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One document request with its history */
        get: operations["get-document-request"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/document-requests/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A step of one document request
         * @description 409 changed when the revision is not that seen any more, illegal_transition (saying what is possible) when the register has no such step.
         */
        post: operations["step-document-request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/evaluate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything evaluated as of a time; nothing is stored
         * @description One finding a line (application/x-ndjson); with digest=true a JSON object with the digest. An answer without its last line break was cut by a fault.
         */
        get: operations["evaluate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Experts of province and city, their field and the institutions in which they have an interest. */
        get: operations["list-experts"];
        put?: never;
        /** A new expert */
        post: operations["open-expert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One expert with its history */
        get: operations["get-expert"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/experts/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A step of one expert
         * @description 409 changed when the revision is not that seen any more, illegal_transition (saying what is possible) when the register has no such step.
         */
        post: operations["step-expert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/face-proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which institutions should recognize the faces of inpatients (Shanxi Art. 26), by stated rules
         * @description By concentration of patients and fees in their city, each with what speaks for and against it. Nothing is kept: people load face_required of the table institutions, or do not. A city's key sees its institutions; shares are of the whole city and province.
         */
        get: operations["list-face-proposals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Findings in order of their ids, or as sort says
         * @description Officers see all, a hospital its own once it was told. Retracted findings are listed with state=retracted only.
         */
        get: operations["list-findings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/findings/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many findings there are, by state, severity and rule
         * @description Takes the filters of the list. The counts by state leave the filter state out, so that they can stand beside it.
         */
        get: operations["count-findings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/findings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One finding with its history
         * @description Retracted ones too. A hospital gets 404 before it was told.
         */
        get: operations["get-finding"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/findings/{id}/appeals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Appeal against a rejection, or decide the appeal
         * @description A hospital sends text and attachments, once, while its lines are rejected. An officer who neither made nor confirmed the rejection sends action, reason, expected_revision and facts_sha256. Overturned, every fen goes back that the rejection took.
         */
        post: operations["appeal-finding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/findings/{id}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide about one finding
         * @description notify from open, and again for lines and institutions that came in since; reject from explained or lapsed only, and only of who was heard or let the term pass; release from any state before rejected; refer, assign, extend, claim and unclaim change no facts. A rejection above the policy second_person_from, and reopen always, is a proposal until a reviewer or director who did not make it confirms it, or declines. An appeal is upheld or overturned by somebody who had no part in the rejection. 409 changed when the revision or the facts are not those seen any more.
         */
        post: operations["decide-finding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/findings/{id}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The evidence pack of a finding
         * @description One signed archive: the records as the log holds them (signed ones as they were sent too, with the signatures), receipts, rule with query and parameters, knowledge rows, result, law, correspondence, and the journal's entries with their proofs. claimwatch verify checks it offline.
         */
        get: operations["get-evidence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/findings/{id}/statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The hospital's statement
         * @description From notice until the end of due_on.
         */
        post: operations["explain-finding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/handovers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cases handed to the administration or to justice, with their evidence packs. */
        get: operations["list-handovers"];
        put?: never;
        /** A new handover */
        post: operations["open-handover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/handovers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One handover with its history */
        get: operations["get-handover"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/handovers/{id}/letter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The letter with which a case is handed over (PDF)
         * @description To the administration or to justice (Shanxi Art. 46), with the SHA-256 of each evidence pack and a receipt to sign.
         */
        get: operations["get-handover-letter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/handovers/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A step of one handover
         * @description 409 changed when the revision is not that seen any more, illegal_transition (saying what is possible) when the register has no such step.
         */
        post: operations["step-handover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the caller was told, the latest first
         * @description Messages that the routes send to the inbox of one of the caller's roles, with the alerts of institutions that it sees. A hospital sees what is sent to hospitals about itself.
         */
        get: operations["list-inbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inbox/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark messages of the inbox as read, for the caller only */
        post: operations["read-inbox"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inspections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Double-random inspections: the draw committed, the seed published, drawn, held, reported. */
        get: operations["list-inspections"];
        put?: never;
        /**
         * Commit a double-random draw (Art. 42)
         * @description The list is fixed, and commitment is what is to be published now. The step reveal takes the seed, draws, and needs a second person.
         */
        post: operations["open-inspection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inspections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One inspection with its history */
        get: operations["get-inspection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inspections/{id}/draw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A draw with everything that is needed to make it again
         * @description For everybody, without a key too, once it was held and published; before that for officers, or who is visited would know. claimwatch verify FILE checks it offline.
         */
        get: operations["get-draw"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inspections/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A step of one inspection
         * @description 409 changed when the revision is not that seen any more, illegal_transition (saying what is possible) when the register has no such step.
         */
        post: operations["step-inspection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/institutions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Institutions with what is open and what they charged
         * @description Those of the table institutions, and others that have sent records. A city sees its own, a hospital itself.
         */
        get: operations["list-institutions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/institutions/{id}/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An institution over a year, and beside its peers
         * @description Peers are the other institutions of the same kind and level in the province; nobody is told which. Below five there are no quartiles. A hospital sees findings that it was told, and no measure of findings.
         */
        get: operations["get-institution-profile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The journal, with the hashes that chain it
         * @description The cursor is the number of an entry: those after it in the order asked for.
         */
        get: operations["list-journal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journal/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The signed head of the journal
         * @description A note of the transparency-log format. Keep it elsewhere: nothing before it can change unseen.
         */
        get: operations["get-checkpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journal/consistency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The proof that a head continues an earlier one */
        get: operations["get-consistency-proof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journal/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The whole journal in one file
         * @description A header, a line an entry with the data that is not erased, and the signed head at the end. claimwatch verify checks it offline; one without its last line was cut off.
         */
        get: operations["export-journal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journal/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what: the separation of duties, to be looked after (Shanxi Art. 30)
         * @description Of each key of the agency the entries by type and decision, amounts, how often it made and checked, how long notified findings waited for it; and who checked whom, how often. For a supervisor or director of the province.
         */
        get: operations["list-journal-people"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journal/{seq}/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase the data of an entry
         * @description The text of a statement. The chain holds its hash and still verifies. What the log and backups of it hold is the operator's to remove.
         */
        post: operations["erase-data"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journal/{seq}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The proof that an entry is under a head */
        get: operations["get-inclusion-proof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Bearer keys, by id
         * @description All of them for an administrator of the province, those of its institution for a hospital, one's own for others. Never the keys themselves.
         */
        get: operations["list-keys"];
        put?: never;
        /**
         * Make a bearer key
         * @description Of an institution or with roles, by an administrator; of an account by its person. The key is in the answer and nowhere else.
         */
        post: operations["add-key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a key
         * @description Administrators any, people those that they have made of their accounts.
         */
        delete: operations["revoke-key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Notices, one an institution and day
         * @description With every finding of which the institution was told that day, its lines, the article and the deadline.
         */
        get: operations["list-notices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One notice, as a letter too */
        get: operations["get-notice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/persons/{person_id}/entitlement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a hospital must know of a person at admission (Shanxi Art. 26)
         * @description For the institution that treats the person: it has uploaded an admission, or names in stay_id the visit that it opens. Every question is an entry of the journal before it is answered. 404 says that the person is not known, or not treated by the caller, or that the caller has opened visits of too many persons today (policy openings_a_day): it looks the same. 429 as POST /v1/check.
         */
        get: operations["get-entitlement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/persons/{person_id}/entitlement/queries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who has asked what a person is entitled to, and why
         * @description Answered or not, as the journal has it.
         */
        get: operations["list-entitlement-queries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/physicians": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Physicians as fees name them, one row for each institution
         * @description Of the twelve months up to as_of. A city sees those of its institutions, a hospital its own with the findings that it was told.
         */
        get: operations["list-physicians"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/physicians/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A physician over a year
         * @description Ids are those of the institutions' records: two institutions may mean two people by one id.
         */
        get: operations["get-physician"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plaques": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Plaques of agreement institutions, and their return within five working days. */
        get: operations["list-plaques"];
        put?: never;
        /** A new plaque */
        post: operations["open-plaque"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plaques/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One plaque with its history */
        get: operations["get-plaque"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plaques/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A step of one plaque
         * @description 409 changed when the revision is not that seen any more, illegal_transition (saying what is possible) when the register has no such step.
         */
        post: operations["step-plaque"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/postings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Postings of an institution
         * @description Double entry: those of one journal entry add up to zero.
         */
        get: operations["list-postings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Refused records, newest first */
        get: operations["quarantine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Uploads, the newest first, with what became of them
         * @description A hospital sees its own. They are kept for 400 days; an upload that is under way is not settled, and not listed before something of it is stored.
         */
        get: operations["list-receipts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/receipts/{receipt_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The receipt of an upload */
        get: operations["receipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload records
         * @description One record a line, or a JSON array. gzip and zstd bodies are allowed; at most 16 MiB as sent, 64 MiB unpacked, 100,000 records, 1 MiB a line. A 5xx or a cut connection means unknown: sending again is always safe.
         */
        post: operations["upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rectifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders to put something right, the institution's report, the inspection. */
        get: operations["list-rectifications"];
        put?: never;
        /** A new rectification */
        post: operations["open-rectification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rectifications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One rectification with its history */
        get: operations["get-rectification"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rectifications/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A step of one rectification
         * @description 409 changed when the revision is not that seen any more, illegal_transition (saying what is possible) when the register has no such step.
         */
        post: operations["step-rectification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The reference tables, their columns and when each was loaded last */
        get: operations["list-reference-tables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reference/{table}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Current rows of a reference table */
        get: operations["list-reference"];
        /**
         * Load rows of a reference table
         * @description CSV or NDJSON; an upsert by key. A faulty file changes nothing, and every fault is named with its line.
         */
        put: operations["load-reference"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reference/{table}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Loads of a table, or versions of one row
         * @description Who, when, what changed.
         */
        get: operations["get-reference-history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/referral-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Referrals proposed by institutions, agreed by the agency. */
        get: operations["list-referral-requests"];
        put?: never;
        /** A new referral request */
        post: operations["open-referral-request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/referral-requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One referral request with its history */
        get: operations["get-referral-request"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/referral-requests/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A step of one referral request
         * @description 409 changed when the revision is not that seen any more, illegal_transition (saying what is possible) when the register has no such step.
         */
        post: operations["step-referral-request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/registers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What people keep: the registers, their fields, and who may take which step
         * @description The transition tables themselves.
         */
        get: operations["list-registers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rejections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The rejected-fee list of an institution and month
         * @description One yuan is rejected once: claimed is a line's amount net of refunds, rejected what a decision took of it.
         */
        get: operations["get-rejections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/renewals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Renewals: asked, negotiated, agreed or not. */
        get: operations["list-renewals"];
        put?: never;
        /** A new renewal */
        post: operations["open-renewal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/renewals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One renewal with its history */
        get: operations["get-renewal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/renewals/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A step of one renewal
         * @description 409 changed when the revision is not that seen any more, illegal_transition (saying what is possible) when the register has no such step.
         */
        post: operations["step-renewal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/supervision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The monthly report of supervision of a city or the province
         * @description Worked out of everything that is known now, until it is sealed: then the same bytes for ever. Found and recovered are about services of the month, decided about decisions taken in it, coverage and what is overdue are as of as_of.
         */
        get: operations["get-supervision-report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/supervision/seal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep the report of a month that is over as it is now
         * @description Its hash stands in the journal. It is sealed once: 409 illegal_transition afterwards, and while the month is not over.
         */
        post: operations["seal-supervision-report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The library of rules
         * @description Institutions read by which rules they are judged, without drafts.
         */
        get: operations["list-rules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rules/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A rule with its articles in full, query, cases and published parameters
         * @description An institution reads neither the query nor who published what, and of the published values those that count where it is.
         */
        get: operations["get-rule"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rules/{code}/parameters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish values of a rule's parameters
         * @description For a city or everywhere, for stays that begin on days from `from` to before `until` (findings of one day: for these days). An entry of the journal; whom it concerns is evaluated again. A value for the city goes before one for everywhere, a later publication before an earlier one.
         */
        post: operations["publish-parameters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rules/{code}/parameters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Withdraw what was published
         * @description As if it had never been there; the journal keeps both.
         */
        delete: operations["withdraw-parameters"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sanctions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Measures against an institution or its staff, from the recommendation to resumption. */
        get: operations["list-sanctions"];
        put?: never;
        /**
         * Recommend a measure of Art. 43, by hand or by data
         * @description Nothing happens by it: it is proposed by one and confirmed by another person.
         */
        post: operations["open-sanction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sanctions/recommendations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the data would support, by stated rules, each with what speaks against it
         * @description Nothing is kept.
         */
        get: operations["recommend-sanctions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sanctions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One sanction with its history */
        get: operations["get-sanction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sanctions/{id}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A step of a sanction
         * @description propose by one, confirm by a reviewer or director who did not propose. The written notice goes out with the confirmation, and the agreement changes with it (state in_force), unless hold_notice leaves that to the step notify (state decided), as a person's stop does, which needs consent first. accept_resumption after inspection gives it back.
         */
        post: operations["decide-sanction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sanctions/{id}/dossier": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The dossier of a sanction that data have recommended
         * @description As JSON the bytes that dossier_sha256 is the hash of; as PDF to read.
         */
        get: operations["get-dossier"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sanctions/{id}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The evidence pack of a sanction
         * @description One signed archive: the sanction with its course, the dossier, the written notice, every entry of the journal about it with its proof, and the evidence pack of each finding that it names. claimwatch verify checks it offline.
         */
        get: operations["get-dossier-evidence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sanctions/{id}/letter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The papers of a sanction as letters (PDF): what is intended, the written notice, the report to the administration
         * @description The notice of any measure, with articles, remedies and the receipt of service; before the notice it is a draft, which the institution does not see. The intent is there once it was announced. The report is for the agency only; before the consent of Art. 44 it asks for it.
         */
        get: operations["get-sanction-letter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sanctions/{id}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A step of one sanction
         * @description 409 changed when the revision is not that seen any more, illegal_transition (saying what is possible) when the register has no such step.
         */
        post: operations["step-sanction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who am I */
        get: operations["get-session"];
        put?: never;
        /**
         * Sign in with a password
         * @description The session is in a cookie that scripts cannot read. Whoever fails often has to wait: 429 with Retry-After.
         */
        post: operations["sign-in"];
        /** Sign out */
        delete: operations["sign-out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Choose a password with a one-time link
         * @description And sign in. The link is void afterwards, and so is every session of before.
         */
        post: operations["use-link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/methods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * By what somebody can sign in
         * @description For the page to sign in: needs no key.
         */
        get: operations["sign-in-methods"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Choose another password
         * @description Every other session of the account ends.
         */
        put: operations["change-password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set up a second factor
         * @description From now on signing in needs its code too. Every other session of the account ends.
         */
        put: operations["set-totp"];
        /**
         * A secret for a second factor
         * @description For an authenticator program. Nothing changes until PUT proves that it has it.
         */
        post: operations["draw-totp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settlements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The settlement of an institution and month
         * @description An open month is worked out now, a proposed one waits for a second person, a closed one never changes. claimed = rejected + not_payable + on_hold + approved, per line, stay and month. A hospital sees its own; an open month only where the policy hold_from is notified, for it would tell of findings of which the hospital was not told.
         */
        get: operations["get-settlement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settlements/{institution_id}/{month}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close the settlement of a month
         * @description A settlement clerk proposes (202), a second person with the role clerk, reviewer or director confirms (200). It seals the rejected-fee list of the month and posts; later facts go to the next month as adjustments. 409 changed when decisions moved meanwhile.
         */
        post: operations["close-settlement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settlements/{institution_id}/{month}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a proposed or closed settlement posts of each line */
        get: operations["list-settlement-lines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settlements/{institution_id}/{month}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is owed and paid for a month */
        get: operations["list-payments"];
        put?: never;
        /**
         * Pay what was settled for a month
         * @description A settlement clerk proposes (202), a second person confirms (200). At most what is owed.
         */
        post: operations["pay-settlement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the first administrator
         * @description With the link that the first start prints; once there is an account, never again.
         */
        post: operations["set-up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the server has come */
        get: operations["status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stays/{institution_id}/{stay_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything about one stay, as a timeline */
        get: operations["get-stay"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happens to findings, as it happens (server-sent events)
         * @description Officers hear of all, a hospital of its own once it was told. An event `finding` carries a finding as it stands now and `change`: opened, revised, retracted, or decided. Its id is what to resume by: send it as Last-Event-ID and nothing is missed; an event may come twice. An event `reset` says that too much has happened since then: read the lists anew. A block with nothing but an id keeps the connection alive.
         */
        get: operations["stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How an institution uploads: silence, lateness, completeness, refusals
         * @description Of the days named. A hospital may leave institution_id out.
         */
        get: operations["get-upload-health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/year-ends": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The year-end settlement of an institution (Shanxi Art. 34)
         * @description The bond of the year and what of it is returned by the score of the annual assessment. An open one is worked out now. A hospital sees its closed ones.
         */
        get: operations["get-year-end"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/year-ends/{institution_id}/{year}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close the year of an institution
         * @description A settlement clerk proposes (202), a second person confirms (200). Every month must be closed and the institution assessed. What is returned becomes payable, the rest of the bond falls to the fund.
         */
        post: operations["close-year-end"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/year-ends/{institution_id}/{year}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is owed and paid of the bond of a year */
        get: operations["list-bond-payments"];
        put?: never;
        /**
         * Pay back the bond of a year
         * @description A settlement clerk proposes (202), a second person confirms (200). At most what is owed.
         */
        post: operations["pay-bond"];
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
        AccountChangeBody: {
            /** @description with roles */
            city?: string;
            /** @description true ends every session at once */
            disabled?: boolean;
            /** Format: int64 */
            expected_revision: number;
            login?: string;
            name?: string;
            /** @description instead of those of before; with city or without */
            roles?: string[] | null;
        };
        AccountInputBody: {
            /** @description of this city's agency; without it of the province */
            city?: string;
            /** @description of a hospital's person, instead of roles */
            institution_id?: string;
            /** @description 2 to 64 of a-z 0-9 . _ @ - */
            login: string;
            /** @description shown to colleagues */
            name: string;
            /** @description of the agency */
            roles?: string[] | null;
        };
        AccountLinkInputBody: {
            /** @description take the second factor away: its owner has lost it */
            reset_totp?: boolean;
        };
        AccountView: {
            /** @description the person's id in the journal, like that of a key */
            account_id: string;
            city?: string;
            institution_id?: string;
            /** @description of a one-time link that nobody has used */
            link_until?: string;
            login: string;
            name: string;
            /** Format: int64 */
            revision: number;
            roles: string[];
            /** @description the person comes by the sign-on of the agency, which says name and rights */
            sign_on: boolean;
            /**
             * @description invited: no password was chosen yet
             * @enum {string}
             */
            state: "good" | "invited" | "disabled" | "revoked";
            /** @description there is a second factor */
            totp: boolean;
        };
        AccountsAnswerBody: {
            items: components["schemas"]["AccountView"][];
            next: string;
        };
        Adjustment: {
            approved: string;
            claimed: string;
            hold_id?: string;
            kind: string;
            /** @description that it corrects */
            month: string;
            not_payable: string;
            not_payable_because?: string;
            on_hold: string;
            person_id: string;
            record_id: string;
            rejected: string;
            stay_id: string;
        };
        AgreementListBody: {
            items: components["schemas"]["AgreementView"][];
            next: string;
        };
        AgreementRow: {
            agreement_id: string;
            from: string;
            /** @enum {string} */
            kind: "medical" | "rehab" | "device";
            /** @enum {string} */
            status: "active" | "suspended" | "terminated";
            /** @description first day that is no longer covered */
            until: string | null;
        };
        AgreementSpan: {
            from: string;
            own_wish: boolean;
            until: string | null;
        };
        AgreementView: {
            /** @description agency_id of that city */
            agency?: string;
            agreement_id: string;
            /** @description its agency supervises and settles (Art. 4; Guangdong 4) */
            city: string;
            /** @description first day of the row that counts */
            from: string;
            holdover: boolean;
            institution_id: string;
            kind: string;
            /** Format: int64 */
            level: number;
            name: string;
            /** @description agencies that settle with it, as its course names them; else that of its city */
            settles_with: string[];
            status: string;
            /** @description that began within the term */
            suspensions: components["schemas"]["AgreementSpan"][];
            /**
             * Format: int64
             * @description of them those that the agency ordered: two end the agreement (Art. 39 (1))
             */
            suspensions_counted: number;
            term_from: string | null;
            term_until: string | null;
            /** @description first day that it does not cover */
            until: string | null;
        };
        Answer: {
            /**
             * Format: int64
             * @description records that would be new
             */
            accepted: number;
            /** @description moment for which it was evaluated; null when nothing was */
            as_of: string | null;
            /**
             * Format: int64
             * @description records that are stored already
             */
            duplicate: number;
            /** @description what would be opened or revised */
            findings: components["schemas"]["Foreseen"][] | null;
            refused: components["schemas"]["Refusal"][] | null;
        };
        AppealBody: {
            /**
             * @description of the officer
             * @enum {string}
             */
            action?: "uphold" | "overturn" | "upheld" | "overturned";
            /** @description SHA-256 of files that were sent with PUT /v1/attachments */
            attachments?: string[];
            /**
             * Format: int64
             * @description of the officer: revision as seen
             */
            expected_revision?: number;
            /** @description of the officer: facts_sha256 as seen */
            facts_sha256?: string;
            /** @description of the officer: the hospital reads it */
            reason?: string;
            /** @description of the hospital: why the rejection is wrong */
            text?: string;
        };
        Argument: {
            amount: string;
            /** Format: int64 */
            count: number;
            entries?: string[] | null;
            findings?: string[] | null;
            line?: string;
            says: string;
            says_zh: string;
        };
        ArticleView: {
            /** @example 23 */
            article: string;
            /** @description a summary in English, no translation */
            gist: string;
            /** @description today, by the clock of the product; a finding says whether it was on the service date */
            in_force: boolean;
            /** @description how the article is cited */
            label: components["schemas"]["RuleName"];
            /** @example shanxi-2022-measures */
            law: string;
            /** @description what is to know about the validity of the law */
            note: components["schemas"]["RuleName"];
            /** @description its paragraphs in full, in Chinese */
            text: string[];
            /** @description of the law */
            title: components["schemas"]["RuleName"];
            /** @description when the law is in force: by the table laws where that has rows of it, else by its own text */
            valid: components["schemas"]["LawInterval"][];
        };
        AssessmentInputBody: {
            /**
             * @description enter without it
             * @enum {string}
             */
            action?: "enter" | "confirm" | "decline" | "withdraw";
            attachments?: string[];
            /**
             * Format: int64
             * @description needed once the year is opened
             */
            expected_revision?: number;
            /** @description score, satisfaction, sheet, heard, respondents */
            fields?: {
                [key: string]: string;
            };
            reason?: string;
        };
        Backtest: {
            as_of: string;
            asked_at: string;
            /** @description key of who asked */
            asked_by: string;
            backtest_id: string;
            /** @description why it failed */
            fault?: string;
            finished_at: string | null;
            known_at: string;
            progress: components["schemas"]["Progress"];
            request: components["schemas"]["Request"];
            result?: components["schemas"]["Result"];
            /** @description that are run: the one asked for, and those that share a parameter that is set */
            rules: string[];
            /** @enum {string} */
            state: "queued" | "running" | "done" | "cancelled" | "failed" | "interrupted";
        };
        BalancesAnswerBody: {
            institution_id: string;
            /** @description balance of every account; they add up to zero */
            items: components["schemas"]["Posting"][];
            next: string;
        };
        BaselineAnswerBody: {
            /** Format: int64 */
            changed: number;
            /** @description discharges from here */
            from: string;
            month: string;
            /**
             * Format: int64
             * @description stays without a diagnosis
             */
            no_group: number;
            /**
             * Format: int64
             * @description stays at institutions without a row
             */
            no_level: number;
            /**
             * Format: int64
             * @description diagnosis groups and levels
             */
            rows: number;
            /**
             * Format: int64
             * @description stays that the baselines are made of
             */
            stays: number;
            /** Format: int64 */
            unchanged: number;
            /** @description and before here were counted */
            until: string;
            /**
             * Format: int64
             * @description the journal entry of the load
             */
            version: number;
            /**
             * Format: int64
             * @description rows of the month that no stay gives any more
             */
            withdrawn: number;
        };
        BaselineInputBody: {
            /**
             * @description the month of discharge for which the baselines are to hold, YYYY-MM
             * @example 2026-03
             */
            month: string;
        };
        Basis: {
            article: string;
            in_force: boolean;
            law: string;
        };
        Bilingual: {
            en: string;
            zh: string;
        };
        ByMonth: {
            amount_before: string;
            amount_now: string;
            /** Format: int64 */
            both: number;
            /** @example 2026-10 */
            month: string;
            /** Format: int64 */
            only_before: number;
            /** Format: int64 */
            only_now: number;
        };
        ByRule: {
            amount_before: string;
            amount_now: string;
            /** Format: int64 */
            both: number;
            /** Format: int64 */
            only_before: number;
            /** Format: int64 */
            only_now: number;
            rule: string;
        };
        Candidate: {
            institution_id: string;
            /** Format: int64 */
            weight: number;
        };
        CaseListBody: {
            items: components["schemas"]["CaseView"][];
            /** @description cursor of the following page; empty: this is the last */
            next: string;
        };
        CaseView: {
            /** @description gross: one yuan may be at issue in several findings */
            amount: string;
            /** @description the nearest deadline of the findings about which nothing was decided since */
            due_on: string | null;
            /** @description at most 1000 */
            finding_ids: string[];
            /** Format: int64 */
            findings: number;
            institution_id: string;
            person_id: string | null;
            /** @description the latest */
            revised_at: string;
            rules: string[];
            /**
             * @description the gravest
             * @enum {string}
             */
            severity: "violation" | "suspicion" | "reminder";
            states: ("open" | "notified" | "explained" | "lapsed" | "rejected" | "released" | "appealed" | "upheld" | "overturned" | "retracted")[];
            stay_id: string | null;
        };
        Change: {
            before: string;
            /** @enum {string} */
            name: "records" | "stays" | "charged" | "findings" | "at_issue" | "confirmed" | "dismissed" | "rejected";
            /** @example 128.50 */
            now: string;
        };
        ChargedLine: {
            item_code: string;
            item_name: string;
            kind: string;
            /** @description the amount less its refunds */
            net: string;
            occurred_at: string;
            record_id: string;
            stay_id?: string;
        };
        CheckedPair: {
            checker: string;
            /** Format: int64 */
            confirmed: number;
            /** Format: int64 */
            declined: number;
            maker: string;
            /** @description they check each other */
            mutual: boolean;
            /**
             * Format: int64
             * @description all that the checker has confirmed or declined
             */
            of_checker: number;
            /**
             * Format: int64
             * @description all proposals of the maker that anybody has confirmed or declined
             */
            of_maker: number;
            rejected: string;
        };
        Checks: {
            /** Format: int64 */
            match: number;
            /** Format: int64 */
            mismatch: number;
            /** Format: int64 */
            unavailable: number;
        };
        Claim: {
            approved: string;
            claimed: string;
            declared_amount: string | null;
            /** Format: int64 */
            declared_lines: number | null;
            /** Format: int64 */
            lines: number;
            not_payable: string;
            on_hold: string;
            person_id: string;
            rejected: string;
            stay_id: string;
        };
        ColleagueView: {
            /** @description false: disabled or revoked; what they did still bears their id */
            active: boolean;
            city?: string;
            institution_id?: string;
            /** @description as decisions, claims and assignments name them */
            key_id: string;
            name: string;
            roles: string[];
        };
        ColleaguesAnswerBody: {
            items: components["schemas"]["ColleagueView"][];
            next: string;
        };
        ColumnView: {
            key: boolean;
            name: string;
            optional: boolean;
            /** @enum {string} */
            type: "id" | "item" | "text" | "word" | "bool" | "int" | "amount" | "price" | "number" | "day" | "time" | "month" | "list" | "hash";
            words?: string[];
        };
        CommitInputBody: {
            /**
             * Format: int64
             * @description how many institutions
             */
            draw: number;
            /**
             * Format: int64
             * @description how many inspectors for each
             */
            each: number;
            inspectors: components["schemas"]["DrawInspector"][];
            /** @description without them every institution with an agreement in force, each with weight 1 */
            institutions?: components["schemas"]["DrawCandidate"][];
            reason: string;
            /** @description the day of that draw, still to come */
            seed_on: string;
            /**
             * @description the public draw that gives the seed
             * @example 福利彩票双色球第2026137期
             */
            seed_source: string;
        };
        Completeness: {
            /** Format: int64 */
            missing: number;
            /** @enum {string} */
            name: "stays_without_discharge" | "stays_without_front_page" | "fees_without_admission" | "fees_without_order" | "fees_without_physician" | "stay_days_without_fees";
            /** Format: int64 */
            of: number;
            /** @description that asks for it; empty: none does */
            rule: string;
            share: number;
        };
        Concentrated: {
            /** @description never empty: the least is that people must judge */
            against: string[];
            city: string;
            /** @description services within the window, refunds deducted, without self-pay */
            claimed: string;
            /** @description as the table institutions says now */
            face_required: boolean;
            /**
             * Format: int64
             * @description policy face_share of its city: percent from which a rule is reached
             */
            face_share: number;
            for: components["schemas"]["Reached"][];
            /** @description within the window, by result */
            identity_checks: components["schemas"]["Checks"];
            institution_id: string;
            /** @enum {string} */
            kind: "medical" | "rehab" | "device";
            /** Format: int64 */
            level: number;
            name: string;
            of_city: components["schemas"]["Shares"];
            of_province: components["schemas"]["Shares"];
            /** Format: int64 */
            persons: number;
            /** @description a rule is reached, and it is not required yet: people load face_required, or do not */
            proposed: boolean;
            /**
             * Format: int64
             * @description inpatient and rehab stays that began in the window
             */
            stays: number;
        };
        ConsistencyAnswerBody: {
            /** @description the signed later head, when it is of this size */
            checkpoint?: string;
            /** Format: int64 */
            from: number;
            from_root: string;
            /** @description that the later head continues the earlier (RFC 6962, 2.1.2), base64 */
            hashes: string[];
            root: string;
            /** Format: int64 */
            size: number;
        };
        Count: {
            /** @description of what stands */
            amount_before: string;
            /** @description of what was asked for */
            amount_now: string;
            /** @description at most 100, the largest amounts first */
            examples: components["schemas"]["Example"][];
            /** Format: int64 */
            findings: number;
            /** Format: int64 */
            institutions: number;
            /** Format: int64 */
            persons: number;
        };
        CountView: {
            /** @description gross: one yuan may be at issue in several findings */
            amount: string;
            /** Format: int64 */
            findings: number;
            name: string;
        };
        Coverage: {
            /**
             * Format: int64
             * @description pairs of a rule and a stay that it speaks of
             */
            hit: number;
            /** Format: int64 */
            not_evaluated: number;
            /** Format: int64 */
            pass: number;
            /** @description why not, the most frequent first */
            reasons: components["schemas"]["UnsaidReason"][];
            /** Format: int64 */
            rules: number;
        };
        CoverageAnswerBody: {
            items: components["schemas"]["Row"][];
            /** @description cursor of the following page; empty: this is the last */
            next: string;
        };
        DayDelay: {
            day: string;
            /** @description share that came later than limit_hours */
            late_share: number;
            median_hours: number;
            p95_hours: number;
            /**
             * Format: int64
             * @description first revisions received
             */
            records: number;
        };
        Deadline: {
            /** @description id of the key, of a claim */
            by?: string;
            city?: string;
            /** @description the last local day that is in time */
            due_on: string;
            /** @description it runs past the published calendar, and moves when that is published */
            due_provisional: boolean;
            institution_id?: string;
            /** @example statement */
            kind: string;
            /** @example shanxi-2022-measures 32 */
            law?: string;
            /** @description of the register entry */
            number?: string;
            /** @description id of the finding or register entry; the agreement; the month YYYY-MM, or year YYYY */
            of: string;
            /** @description it has passed: nothing happens by itself, people take the step */
            overdue: boolean;
            what: string;
        };
        DeadlineListBody: {
            items: components["schemas"]["Deadline"][];
            next: string;
        };
        Decided: {
            /**
             * Format: int64
             * @description rejected
             */
            confirmed: number;
            /**
             * Format: int64
             * @description released
             */
            dismissed: number;
            /**
             * Format: int64
             * @description statements that hospitals made
             */
            explained: number;
            /** @description from the first notice to the decision; null without one */
            median_days: number | null;
            /**
             * Format: int64
             * @description on appeal
             */
            overturned: number;
        };
        DecisionBody: {
            /** @enum {string} */
            action: "notify" | "reject" | "release" | "extend" | "refer" | "assign" | "confirm" | "decline" | "reopen" | "claim" | "unclaim" | "uphold" | "overturn" | "upheld" | "overturned";
            /** @description extend: the new last day; without it five working days more */
            due_on?: string;
            /**
             * Format: int64
             * @description revision as seen
             */
            expected_revision: number;
            /** @description facts_sha256 as seen */
            facts_sha256: string;
            /** @description reject: parts of lines; without them the whole finding */
            lines?: components["schemas"]["LinePart"][];
            /** @description needed to reject, release, decline, reopen, uphold and overturn; the hospital reads it */
            reason?: string;
            /** @description assign, refer: to whom */
            to?: string;
        };
        Delivered: {
            /** @description of what the receiver answered */
            answer_sha256: string;
            /** @enum {string} */
            channel: "webhook" | "email";
            delivered_at: string;
            findings: string[];
            message_id: string;
            /**
             * Format: int64
             * @description of the entry that proves it
             */
            seq: number;
        };
        DeliveriesAnswerBody: {
            /** @description the latest first; at most 1,000 */
            ended: components["schemas"]["Outcome"][];
            /** @description decided and not delivered, the oldest first; at most 1,000 */
            waiting: components["schemas"]["Waiting"][];
        };
        DigestAnswerBody: {
            /** @description 64 hex digits */
            digest: string;
        };
        Dossier: {
            articles: string[] | null;
            city: string;
            facts: components["schemas"]["Facts"];
            lines: components["schemas"]["StatedRule"][] | null;
            made_at: string;
            name: string;
            recommendation: components["schemas"]["Recommendation"];
        };
        DrawCandidate: {
            institution_id: string;
            /**
             * Format: int64
             * @description 1 without it
             */
            weight?: number;
        };
        DrawInput: {
            /** Format: int64 */
            draw: number;
            /** Format: int64 */
            each: number;
            format: string;
            inspectors: components["schemas"]["Inspector"][] | null;
            institutions: components["schemas"]["Candidate"][] | null;
            nonce: string;
            seed_on: string;
            seed_source: string;
        };
        DrawInspector: {
            /** @description institutions to which the person is never sent, beside those of the register of experts */
            conflicts?: string[];
            /** @description the number of an expert of the register, whose interests then count, or a key; no name of a person */
            id: string;
        };
        DueTerm: {
            due_on: string;
            due_provisional: boolean;
            law?: string;
            what: string;
        };
        EntitledAgreement: {
            holdover: boolean;
            /** @enum {string} */
            kind: "medical" | "rehab" | "device";
            /** @enum {string} */
            status: "active" | "suspended" | "terminated";
            /** @description first day that the row does not cover */
            until: string | null;
        };
        EntitledCase: {
            /**
             * @description beginnings of diagnoses that belong to the injury, separated by ;: what else is treated is not the fund's
             * @example S72;T02
             */
            diagnosis_prefixes?: string;
            /** Format: date */
            injured_on: string;
            injury_case_id: string;
            /** Format: date */
            recognised_on: string;
            /**
             * Format: date
             * @description missing: rehabilitation is not paid
             */
            rehab_confirmed_on?: string;
            /** Format: date */
            stop_work_until?: string;
        };
        EntitledVisit: {
            /** @description of the institution on that day; none: the fund pays emergencies only */
            agreements: components["schemas"]["EntitledAgreement"][];
            /** @description of an emergency admitted on that day: formalities are made up until then (Art. 26) */
            emergency_papers_by: string;
            /** @description that day runs past the published calendar */
            emergency_papers_provisional: boolean;
            institution_id: string;
            /** @description insured in another city: a referral is needed, but for emergencies (AGR-003) */
            out_of_area: boolean;
            /** @description the referral to the institution that is valid for an admission on that day */
            referral_id?: string;
            /** Format: date */
            referred_on?: string;
        };
        EntitlementQuery: {
            at: string;
            /** @description id of the key */
            by: string;
            /** @description of opening: whether an admission of the person has come since */
            followed?: boolean;
            /** @description it was answered, as far as the person was known */
            granted: boolean;
            institution_id?: string;
            /**
             * @description unstated: neither an admission nor a visit; such a question is not answered
             * @enum {string}
             */
            purpose: "treating" | "opening" | "review" | "unstated";
            /**
             * Format: int64
             * @description number of the journal entry, which is older than the answer
             */
            seq: number;
            /** @description of the admission, or of the visit that was being opened */
            stay_id?: string;
        };
        EntitlementView: {
            /** @description the recognised ones */
            injury_cases: components["schemas"]["EntitledCase"][];
            insured_city: string;
            /** @description to compare with the person's paper */
            name_masked: string;
            /** @description the day for which it is said */
            on: string;
            person_id: string;
            /**
             * @description why it was asked, as the journal has it
             * @enum {string}
             */
            purpose: "treating" | "opening" | "review";
            /** @description there is a recognised injury case; without one it is paid only if recognition follows */
            recognised: boolean;
            /** @enum {string} */
            sex: "M" | "F";
            /** @description what holds at the institution; null when the agency names none */
            visit: components["schemas"]["EntitledVisit"] | null;
        };
        Entry: {
            at: string;
            grounds?: string[] | null;
            id: string;
            number: string;
            what: string;
        };
        EntryCount: {
            /** Format: int64 */
            n: number;
            /** @description of the entries */
            type: string;
            /** @description the decision, or register and step */
            what?: string;
        };
        EntryView: {
            /** @description id of the key, or system */
            actor: string;
            at: string;
            /** @description the canonical bytes: number, hash of the entry before, command */
            entry: string;
            finding_id?: string;
            /** @description that of the entry before; 64 zeros before the first */
            prev_sha256: string;
            reason?: string;
            /** Format: int64 */
            seq: number;
            /** @description SHA-256 of entry */
            sha256: string;
            type: string;
        };
        EraseAnswerBody: {
            /**
             * Format: int64
             * @description the entry whose data is gone
             */
            erased: number;
            /**
             * Format: int64
             * @description of the entry that erased
             */
            seq: number;
            sha256: string;
        };
        EraseInputBody: {
            /** @description who asked for it, and why; it stands in the journal */
            reason: string;
        };
        Event: {
            action: string;
            assignee?: string;
            at: string;
            /** @description SHA-256 of each file of a statement or appeal */
            attachments?: string[] | null;
            by: string;
            due_on?: string;
            /**
             * Format: int64
             * @description number of the journal entry
             */
            entry?: number;
            /** @description the text was erased; its hash stays in the journal */
            erased?: boolean;
            facts_sha256?: string;
            from_finding_id?: string;
            institution_id?: string;
            lines?: components["schemas"]["Part"][] | null;
            not_in_force?: components["schemas"]["Basis"][] | null;
            /** @description a proposal: it takes effect when a second person confirms it */
            proposed?: boolean;
            /** @description who proposed what this second person has confirmed or declined */
            proposed_by?: string;
            reason?: string;
            /** Format: int64 */
            revision: number;
            state: string;
            text?: string;
            /** @description notify: the institutions that were told */
            told?: string[] | null;
        };
        Example: {
            amount_before: string | null;
            amount_now: string | null;
            finding_id: string;
            from: string | null;
            institution_id: string;
            person_id: string | null;
            rule: string;
            stay_id: string | null;
        };
        FaceAnswerBody: {
            from: string;
            /** @description the proposed first, then by what they charged */
            items: components["schemas"]["Concentrated"][];
            next: string;
            /** @description the stated rules */
            table: components["schemas"]["FaceRule"][];
            /** @description first day that does not count */
            until: string;
        };
        FaceRule: {
            code: string;
            says: string;
        };
        FactorAnswerBody: {
            /** @description base32, shown once; kept nowhere until a code of it is sent with PUT */
            secret: string;
            /** @description otpauth://, for a square code that authenticator programs read */
            uri: string;
        };
        FactorInputBody: {
            /** @description that the authenticator shows now for the secret */
            code: string;
            password: string;
            /** @description of POST /v1/session/totp */
            secret: string;
            /** @description code of the second factor of before, of somebody who has one */
            totp?: string;
        };
        Facts: {
            changes: components["schemas"]["Entry"][] | null;
            charged: string | null;
            clues: components["schemas"]["Entry"][] | null;
            /** Format: int64 */
            corrected: number;
            /** Format: int64 */
            disputes: number;
            findings: components["schemas"]["Finding"][] | null;
            frauds: components["schemas"]["Entry"][] | null;
            from: string;
            in_force: boolean;
            inquiries: components["schemas"]["Entry"][] | null;
            institution_id: string;
            /** Format: int64 */
            not_evaluated: number;
            not_rectified: components["schemas"]["Entry"][] | null;
            /** Format: int64 */
            overturned: number;
            pending: string[] | null;
            /** Format: int64 */
            released: number;
            requests: components["schemas"]["Entry"][] | null;
            sanctions: components["schemas"]["Entry"][] | null;
            /** Format: int64 */
            stays: number;
            suspended?: {
                [key: string]: number;
            };
            /** Format: int64 */
            suspensions: number;
            unheeded?: components["schemas"]["Entry"][] | null;
            until: string;
            warnings: components["schemas"]["Entry"][] | null;
        };
        Fault: {
            code?: string;
            column?: string;
            /** Format: int64 */
            line?: number;
            message: string;
        };
        File: {
            /** @description 64 hex digits */
            sha256: string;
            /**
             * Format: int64
             * @description bytes
             */
            size: number;
            /** @description media type, as sniffed from the bytes */
            type: string;
        };
        Finding: {
            amount: string;
            appealed: boolean;
            decided_at: string;
            finding_id: string;
            grounds: string[] | null;
            not_in_force: boolean;
            occurred_at?: string;
            rule: string;
            severity?: string;
        };
        FindingCounts: {
            /** @description gross: one yuan may be at issue in several findings */
            amount: string;
            /** Format: int64 */
            findings: number;
            /**
             * Format: int64
             * @description claimed by the caller, or assigned to the caller
             */
            mine: number;
            rules: components["schemas"]["CountView"][];
            severities: components["schemas"]["CountView"][];
            /** @description whatever state is asked for */
            states: components["schemas"]["CountView"][];
        };
        FindingDetail: {
            /** @description gross, yuan */
            amount: string;
            assignee?: string;
            /** @description what is left after the findings before it: one yuan is deducted once. Hospitals are not told, for it speaks of findings that they may not know */
            attributed?: string;
            basis: components["schemas"]["Basis"][];
            /** @description to an institution: what its lines stand for; of an officer's interest is the stay */
            charged?: components["schemas"]["ChargedLine"][];
            /** @description who works on it, and until when; others are refused meanwhile. Hospitals are not told */
            claim?: components["schemas"]["Lease"];
            /** @description the facts as they were at the latest notice or decision; those above are the facts now */
            decided: components["schemas"]["Seen"] | null;
            /** @description the last local day on which a statement is in time */
            due_on: string | null;
            /** @description the day runs past the published calendar */
            due_provisional: boolean;
            /** @description how the number came about */
            evidence: unknown;
            facts_sha256: string;
            finding_id: string;
            from: string | null;
            grounds: string[];
            /** @description how the facts made and changed it */
            history: components["schemas"]["FindingEvent"][];
            institution_id: string;
            /** @description what people and the system did about it */
            journal: components["schemas"]["Event"][];
            lines: components["schemas"]["LineView"][];
            notified_at: string | null;
            opened_at: string;
            person_id: string | null;
            /** @description a decision that waits for a second person to confirm or decline it. Hospitals are not told */
            proposed?: components["schemas"]["Proposal"];
            revised_at: string;
            /**
             * Format: int64
             * @description journal entries about the finding; 0: no person has touched it
             */
            revision: number;
            rule: string;
            /** Format: int64 */
            rule_version: number;
            /** @enum {string} */
            severity: "violation" | "suspicion" | "reminder";
            /** @enum {string} */
            state: "open" | "notified" | "explained" | "lapsed" | "rejected" | "released" | "appealed" | "upheld" | "overturned" | "retracted";
            stay_id: string | null;
            subject: string;
            /** @description the whitelist row that applies; while one does, the finding can be neither notified nor rejected */
            suppressed_by: string | null;
            until: string | null;
        };
        FindingEvent: {
            at: string;
            /** @enum {string} */
            change: "opened" | "revised" | "retracted";
            facts_sha256: string;
            /**
             * Format: int64
             * @description reference rows were read as they were after this entry of the journal; 0: not known
             */
            knowledge_version: number;
            suppressed_by: string | null;
        };
        FindingListBody: {
            items: components["schemas"]["FindingView"][];
            /** @description cursor of the following page; empty: this is the last */
            next: string;
        };
        FindingView: {
            /** @description gross, yuan */
            amount: string;
            assignee?: string;
            /** @description what is left after the findings before it: one yuan is deducted once. Hospitals are not told, for it speaks of findings that they may not know */
            attributed?: string;
            basis: components["schemas"]["Basis"][];
            /** @description who works on it, and until when; others are refused meanwhile. Hospitals are not told */
            claim?: components["schemas"]["Lease"];
            /** @description the last local day on which a statement is in time */
            due_on: string | null;
            /** @description the day runs past the published calendar */
            due_provisional: boolean;
            /** @description how the number came about */
            evidence: unknown;
            facts_sha256: string;
            finding_id: string;
            from: string | null;
            grounds: string[];
            institution_id: string;
            lines: components["schemas"]["LineView"][];
            notified_at: string | null;
            opened_at: string;
            person_id: string | null;
            /** @description a decision that waits for a second person to confirm or decline it. Hospitals are not told */
            proposed?: components["schemas"]["Proposal"];
            revised_at: string;
            /**
             * Format: int64
             * @description journal entries about the finding; 0: no person has touched it
             */
            revision: number;
            rule: string;
            /** Format: int64 */
            rule_version: number;
            /** @enum {string} */
            severity: "violation" | "suspicion" | "reminder";
            /** @enum {string} */
            state: "open" | "notified" | "explained" | "lapsed" | "rejected" | "released" | "appealed" | "upheld" | "overturned" | "retracted";
            stay_id: string | null;
            subject: string;
            /** @description the whitelist row that applies; while one does, the finding can be neither notified nor rejected */
            suppressed_by: string | null;
            until: string | null;
        };
        Firing: {
            annotations: {
                [key: string]: string;
            };
            fingerprint: string;
            labels: {
                [key: string]: string;
            };
            /** @description a silence holds for it now */
            muted: boolean;
        };
        Foreseen: {
            /** @description of the own violating lines */
            amount: string;
            basis: components["schemas"]["Basis"][] | null;
            /** @enum {string} */
            change: "opened" | "revised";
            /** @description other institutions have to do with it, and only the own part is told */
            elsewhere: boolean;
            /** @description how the number came about, as far as it may be told */
            evidence?: unknown;
            /** @description left out when other institutions have to do with the finding */
            finding_id?: string;
            from?: string;
            /** @description the caller's own */
            institution_id: string;
            /** @description the own lines */
            lines: components["schemas"]["Line"][] | null;
            message: components["schemas"]["Bilingual"];
            name: components["schemas"]["Bilingual"];
            person_id: string;
            rule: string;
            /** Format: int64 */
            rule_version: number;
            /** @enum {string} */
            severity: "violation" | "suspicion" | "reminder";
            stay_id?: string;
            subject?: string;
            until?: string;
        };
        Found: {
            /** @description gross: one yuan may be at issue in several findings */
            at_issue: string;
            /** Format: int64 */
            findings: number;
            severities: components["schemas"]["Severity"][];
        };
        HeadStruct: {
            /** Format: int64 */
            seq: number;
            sha256: string;
        };
        HistoryAnswerBody: {
            items: components["schemas"]["HistoryItem"][];
            next: string;
        };
        HistoryItem: {
            at: string;
            by: string;
            /** Format: int64 */
            changed?: number;
            row?: {
                [key: string]: string;
            };
            /** Format: int64 */
            rows?: number;
            /** Format: int64 */
            unchanged?: number;
            /** Format: int64 */
            version: number;
            void?: boolean;
        };
        House: {
            at_issue: string;
            charged: string;
            city: string;
            /** Format: int64 */
            confirmed: number;
            deducted: string;
            /** Format: int64 */
            dismissed: number;
            /** Format: int64 */
            findings: number;
            institution_id: string;
            /** Format: int64 */
            late_records: number;
            /** Format: int64 */
            level: number;
            name: string;
            /**
             * Format: int64
             * @description statements
             */
            overdue: number;
            /** Format: int64 */
            records: number;
            rejected: string;
            /** Format: int64 */
            stays: number;
        };
        InboxAnswerBody: {
            items: components["schemas"]["InboxItem"][];
            next: string;
            /**
             * Format: int64
             * @description of all, not of this page
             */
            unread: number;
        };
        InboxItem: {
            /**
             * Format: int64
             * @description alerts of the group that are the case, those of this message with them
             */
            active: number;
            alerts: components["schemas"]["Told"][];
            decided_at: string;
            group_key: string;
            group_labels: {
                [key: string]: string;
            };
            /** @description the same whenever the message is sent again: deduplicate by it */
            id: string;
            /** @description the caller has marked it as read */
            read: boolean;
            receiver: string;
            /** Format: int64 */
            sequence: number;
            /**
             * @description firing: something is new; resolved: everything in it is resolved; reminder: nothing is new
             * @enum {string}
             */
            status: "firing" | "resolved" | "reminder";
            /** @example claimwatch.alerts/1 */
            version: string;
        };
        Inspector: {
            conflicts: string[] | null;
            id: string;
        };
        InstitutionMonth: {
            /** @description of these findings, gross: one yuan may be at issue in several */
            at_issue: string;
            /** @description for services of the month, net of refunds, without self-pay */
            charged: string;
            /**
             * Format: int64
             * @description of these findings: rejected, and not overturned
             */
            confirmed: number;
            /**
             * Format: int64
             * @description about services of the month, without retracted ones
             */
            findings: number;
            /**
             * Format: int64
             * @description admissions and fees received in the month later after the bedside than DAT-001 allows
             */
            late: number;
            /** @example 2026-01 */
            month: string;
            /**
             * Format: int64
             * @description received in the month, in their first revision
             */
            records: number;
            /** @description on the rejected-fee list of the month */
            rejected: string;
            /**
             * Format: int64
             * @description inpatient and rehab, admitted in the month
             */
            stays: number;
        };
        InstitutionRow: {
            /**
             * @description on the day of as_of
             * @enum {string}
             */
            agreement: "active" | "suspended" | "terminated" | "none";
            /** @description of these, gross */
            at_issue: string;
            /** @description within twelve months */
            charged: string;
            city: string;
            institution_id: string;
            /** @enum {string} */
            kind: "medical" | "rehab" | "device" | "";
            /** @description last reception of an accepted record */
            last_upload: string | null;
            /** Format: int64 */
            level: number;
            /** @description empty: the table institutions does not have it */
            name: string;
            /**
             * Format: int64
             * @description nothing was decided about yet; a hospital: of those that it was told
             */
            open_findings: number;
            /**
             * Format: int64
             * @description inpatient and rehab, admitted within twelve months
             */
            stays: number;
        };
        InstitutionsAnswerBody: {
            /** @description moment of the figures, which are kept for half a minute */
            as_of: string;
            /** @description in order of their ids */
            items: components["schemas"]["InstitutionRow"][];
            next: string;
        };
        JournalAnswerBody: {
            /** @description the latest entry: note it down, and nothing before it can change unseen */
            head: components["schemas"]["HeadStruct"];
            items: components["schemas"]["EntryView"][];
            next: string;
        };
        KeyAnswerBody: {
            /** @description who calls with it, in the journal and wherever two people must decide */
            account?: string;
            city?: string;
            institution_id?: string;
            /** @description shown once; only its hash is kept */
            key?: string;
            key_id: string;
            roles?: string[] | null;
        };
        KeyDuty: {
            /**
             * Format: int64
             * @description proposals of others that it has confirmed or declined
             */
            checker: number;
            counts: components["schemas"]["EntryCount"][];
            /**
             * Format: int64
             * @description notified findings that it rejected or released
             */
            decided: number;
            /**
             * Format: int64
             * @description median of the time from notice to that decision, of two middle ones the shorter
             */
            decided_after_seconds: number | null;
            /** Format: int64 */
            entries: number;
            /** @description overturned, reopened, adjusted */
            given_back: string;
            /** @description id of the key, or system */
            key: string;
            /**
             * Format: int64
             * @description proposals that somebody else has confirmed or declined
             */
            maker: number;
            /** @description by decisions that took effect with this key */
            rejected: string;
            /** @description gross amount of findings that it released */
            released: string;
            /** @description with which it acted last */
            roles: string[];
        };
        KeyInputBody: {
            /** @description your own account_id, instead of roles and institution_id: a key that is you, for programs. Made by its person when signed in, by nobody else */
            account?: string;
            /** @description of a person of this city's agency, who sees its institutions only; without it of the province */
            city?: string;
            /** @description a key of this institution's system, known or not */
            institution_id?: string;
            /** @description hash of a key that the caller has made itself; without it the server makes one */
            key_sha256?: string;
            /** @description to tell keys apart; no name of a person */
            label?: string;
            /** @description a key of a person with these roles */
            roles?: string[] | null;
        };
        KeyView: {
            /** @description whose key it is: who calls with it is that person, with the rights that are shown */
            account?: string;
            city?: string;
            /** @description of source journal */
            created_at?: string;
            institution_id?: string;
            key_id: string;
            label?: string;
            revoked_at?: string;
            roles: string[];
            /**
             * @description institutions: the table of that name has its hash, it comes and goes with the row
             * @enum {string}
             */
            source: "journal" | "institutions";
            /**
             * @description account_ended: the account of its person is disabled or revoked
             * @enum {string}
             */
            state: "good" | "revoked" | "account_ended";
        };
        KeysAnswerBody: {
            items: components["schemas"]["KeyView"][];
            next: string;
        };
        KindDelay: {
            kind: string;
            /** @description share that came later than limit_hours */
            late_share: number;
            median_hours: number;
            p95_hours: number;
            /**
             * Format: int64
             * @description first revisions received
             */
            records: number;
        };
        Late: {
            /** @description everything else that is due: settlements, payments, steps of matters */
            agency: components["schemas"]["Overdue"][];
            /** @description statements that hospitals owe */
            hospitals: components["schemas"]["Overdue"][];
        };
        Lateness: {
            days: components["schemas"]["DayDelay"][];
            kinds: components["schemas"]["KindDelay"][];
            /** @description share that came later than limit_hours */
            late_share: number;
            /**
             * Format: int64
             * @description what DAT-001 allows
             */
            limit_hours: number;
            median_hours: number;
            p95_hours: number;
            /**
             * Format: int64
             * @description first revisions received
             */
            records: number;
        };
        LawInterval: {
            from: string;
            /** @description first day that is no longer covered */
            until: string | null;
        };
        Lease: {
            by: string;
            until: string;
        };
        Line: {
            amount: string;
            institution_id: string;
            kind: string;
            record_id: string;
            role: string;
        };
        LinePart: {
            /**
             * @description above 0, at most the line's amount
             * @example 128.50
             */
            amount: string;
            institution_id: string;
            /**
             * @description needed only when two records have one id
             * @enum {string}
             */
            kind?: "fee" | "device_fitting";
            record_id: string;
        };
        LineView: {
            amount: string;
            /** @description of a violating line */
            attributed?: string;
            institution_id: string;
            kind: string;
            record_id: string;
            role: string;
        };
        LinesAnswerBody: {
            items: components["schemas"]["SettledLine"][];
            next: string;
        };
        LinkInputBody: {
            /** @description what follows # in the one-time link */
            link: string;
            /** @description the new one, 10 to 256 characters */
            password: string;
            /** @description code of the second factor, of somebody who has one */
            totp?: string;
        };
        LinkedAnswerBody: {
            /** @description the person's id in the journal, like that of a key */
            account_id: string;
            city?: string;
            institution_id?: string;
            /** @description one-time, for 24 hours, shown once: the path behind the address of this server with which the person chooses a password */
            link: string;
            /** @description of a one-time link that nobody has used */
            link_until?: string;
            login: string;
            name: string;
            /** Format: int64 */
            revision: number;
            roles: string[];
            /** @description the person comes by the sign-on of the agency, which says name and rights */
            sign_on: boolean;
            /**
             * @description invited: no password was chosen yet
             * @enum {string}
             */
            state: "good" | "invited" | "disabled" | "revoked";
            /** @description there is a second factor */
            totp: boolean;
        };
        ListAnswerBody: {
            items: components["schemas"]["Firing"][];
            next: string;
        };
        LoadAnswerBody: {
            /** Format: int64 */
            changed: number;
            /** Format: int64 */
            rows: number;
            table: string;
            /** Format: int64 */
            unchanged: number;
            /**
             * Format: int64
             * @description the journal entry of the load
             */
            version: number;
            /** @description rows that name what is not loaded; the first hundred */
            warnings?: components["schemas"]["Fault"][] | null;
        };
        MadeDraw: {
            commitment: string;
            input: components["schemas"]["DrawInput"];
            seed: string;
            visits: components["schemas"]["Visit"][] | null;
        };
        ManyAnswerBody: {
            items: components["schemas"]["ManyResult"][];
            next: string;
        };
        ManyBody: {
            /** @enum {string} */
            action: "notify" | "reject" | "release" | "extend" | "refer" | "assign" | "confirm" | "decline" | "reopen" | "claim" | "unclaim" | "uphold" | "overturn" | "upheld" | "overturned";
            /** @description another name of findings */
            decisions?: components["schemas"]["SeenFinding"][];
            /** @description extend: the new last day */
            due_on?: string;
            /** @description at least one */
            findings?: components["schemas"]["SeenFinding"][];
            /** @description another name of findings */
            items?: components["schemas"]["SeenFinding"][];
            reason?: string;
            to?: string;
        };
        ManyResult: {
            code?: string;
            finding_id: string;
            message?: string;
            /** @description the decision waits for a second person, the state is as before */
            proposed?: components["schemas"]["Proposal"];
            /** Format: int64 */
            revision?: number;
            state?: string;
        };
        MatterListBody: {
            items: components["schemas"]["MatterView"][];
            next: string;
        };
        MatterView: {
            city?: string;
            /** @description the deadline that runs */
            due: components["schemas"]["DueTerm"] | null;
            /** @description as the register declares them (GET /v1/registers) */
            fields: {
                [key: string]: string;
            };
            /** @description every step; not in lists */
            history?: components["schemas"]["TakenStep"][] | null;
            /** @example m_0123456789abcdef0123456789abcdef */
            id: string;
            institution_id?: string;
            kind: string;
            /** @description it was opened after its own term (changes, renewals) */
            late: boolean;
            /** @example clue-2026-0007 */
            number: string;
            opened_at: string;
            /** @description id of a key; agency, when a hospital asks */
            opened_by: string;
            /** @description it has passed: nothing happens by itself, people take the step */
            overdue: boolean;
            person_id?: string;
            /** @description what the caller may do now */
            possible: string[];
            /** @description a step that waits for a second person */
            proposal: components["schemas"]["ProposedStep"] | null;
            /**
             * Format: int64
             * @description a step names it as expected_revision
             */
            revision: number;
            state: string;
        };
        Measure: {
            /** @description at least five: fewer say little and could be told apart */
            enough_peers: boolean;
            median: number | null;
            /** @enum {string} */
            name: "mean_stay_cost" | "mean_stay_days" | "drug_share" | "findings_per_100_stays" | "rejected_share" | "late_share";
            /**
             * @description beyond the quartiles by more than one and a half times their distance (Tukey)
             * @enum {string}
             */
            outlier: "high" | "low" | "";
            p25: number | null;
            p75: number | null;
            /**
             * Format: int64
             * @description other institutions of the same kind and level that have a value
             */
            peers: number;
            /** @description share of peers with a smaller value; equal ones count half */
            percentile: number | null;
            /** @enum {string} */
            unit: "yuan" | "days" | "share" | "count";
            value: number | null;
        };
        MethodsAnswerBody: {
            /** @description the sign-on of the agency; left out where there is none */
            oidc?: components["schemas"]["SignOnMethod"];
            /** @description POST /v1/session */
            password: boolean;
        };
        NamedCode: {
            /** @example S72.0 */
            code: string;
            /**
             * @description in Chinese; missing when it is not known
             * @example 股骨颈骨折
             */
            name?: string;
        };
        Names: {
            agency: string;
            /** @description how articles are cited, by law and article with a space between */
            articles: {
                [key: string]: string;
            };
            institution: string;
            /** @description in Chinese, by code */
            rules: {
                [key: string]: string;
            };
        };
        NotTold: {
            reason: string;
            rule: string;
            /** Format: int64 */
            stays: number;
        };
        NoticeFinding: {
            amount: string;
            basis: components["schemas"]["Basis"][];
            /** @description the last local day on which a statement is in time */
            due_on: string;
            /** @description the day runs past the published calendar */
            due_provisional: boolean;
            finding_id: string;
            lines: components["schemas"]["Line"][];
            notified_at: string;
            person_id: string | null;
            reason: string;
            rule: string;
            rule_name: components["schemas"]["RuleName"];
            /** @enum {string} */
            severity: "violation" | "suspicion" | "reminder";
            /** @description of a finding that belongs to the institution */
            stay_id: string | null;
        };
        NoticeView: {
            /** @description over all items */
            amount: string;
            /** @description the day is over: nothing is added any more */
            complete: boolean;
            day: string;
            /** @description to addresses that the institution registered; the term runs from notified_at, not from these */
            deliveries: components["schemas"]["Delivered"][];
            institution_id: string;
            institution_name: string;
            items: components["schemas"]["NoticeFinding"][];
            notice_id: string;
            /**
             * @description running by institution and year
             * @example 2026-0003
             */
            number: string;
        };
        NoticesAnswerBody: {
            items: components["schemas"]["NoticeView"][];
            next: string;
        };
        OpenInputBody: {
            /** @description SHA-256 of each */
            attachments?: string[];
            /** @description as the register declares them (GET /v1/registers) */
            fields?: {
                [key: string]: string;
            };
            /** @description a hospital may leave it out */
            institution_id?: string;
            person_id?: string;
            /** @description needed of the agency */
            reason?: string;
        };
        Outcome: {
            answer: string;
            at: string;
            /** Format: int64 */
            attempts: number;
            id: string;
            integration: string;
            /** @enum {string} */
            outcome: "delivered" | "failed";
        };
        Overdue: {
            /** Format: int64 */
            count: number;
            /** @example statement */
            kind: string;
        };
        Page: {
            items: components["schemas"]["Backtest"][];
            /** @description cursor of the next page, empty on the last */
            next: string;
        };
        ParameterView: {
            about: components["schemas"]["RuleName"];
            default?: string;
            max?: string;
            min?: string;
            /** @example days */
            name: string;
            /**
             * @description the parameter of another rule whose value it takes
             * @example ADM-003.hours
             */
            of?: string;
            /**
             * @description missing when it follows another rule's
             * @enum {string}
             */
            unit?: "count" | "days" | "hours" | "minutes" | "share" | "score";
        };
        Part: {
            amount: string;
            institution_id: string;
            kind?: string;
            record_id: string;
        };
        Parts: {
            approved: string;
            claimed: string;
            not_payable: string;
            on_hold: string;
            rejected: string;
        };
        PasswordInputBody: {
            /** @description 10 to 256 characters */
            new_password: string;
            /** @description the present one */
            password: string;
            /** @description code of the second factor, of somebody who has one */
            totp?: string;
        };
        Payment: {
            amount: string;
            confirmed: components["schemas"]["Signature"] | null;
            in_time: boolean;
            institution_id: string;
            /** @description the settled month YYYY-MM, or the year YYYY of a returned bond */
            of: string;
            pay_by: string;
            proposed: components["schemas"]["Signature"] | null;
            /** @description number of the bank's paper */
            reference?: string;
            state: string;
        };
        PaymentBody: {
            /**
             * @description without it confirm when a proposal stands, which a second person must, else propose
             * @enum {string}
             */
            action?: "propose" | "confirm" | "withdraw";
            /** @description propose: without it all that is owed */
            amount?: string;
            /**
             * Format: int64
             * @description confirm: journal entry of the proposal as seen; 409 changed when it was replaced
             */
            proposal?: number;
            reason?: string;
            /** @description number of the bank's paper */
            reference?: string;
        };
        PaymentsView: {
            due: string;
            /** @description month YYYY-MM, or year YYYY of a returned bond */
            for: string;
            institution_id: string;
            items: components["schemas"]["Payment"][];
            next: string;
            /** @description that can be paid now; months below zero are set off */
            open: string;
            paid: string;
            /** @description last day of payment */
            pay_by: string;
        };
        PeopleReport: {
            /** @description those with most entries first */
            keys: components["schemas"]["KeyDuty"][];
            /** @description the most frequent first */
            pairs: components["schemas"]["CheckedPair"][];
        };
        PhysicianDetail: {
            as_of: string;
            institutions: components["schemas"]["PhysicianRow"][];
            /** @description twelve, the oldest first */
            months: components["schemas"]["PhysicianMonthView"][];
            name_masked: string | null;
            physician_id: string;
            /** @description the greatest amount first */
            rules: components["schemas"]["RuleCount"][];
            suspended: boolean;
        };
        PhysicianMonthView: {
            at_issue: string;
            charged: string;
            /** Format: int64 */
            findings: number;
            /** @example 2026-01 */
            month: string;
            /** Format: int64 */
            stays: number;
        };
        PhysicianRow: {
            /** @description of these findings as a whole, gross; of several physicians it counts for each */
            at_issue: string;
            /** @description of the fees that name the physician, net of refunds that do, without self-pay */
            charged: string;
            /**
             * Format: int64
             * @description that stand, and of which a violating fee or order names the physician
             */
            findings: number;
            institution_id: string;
            /** @description of the table physicians */
            name_masked: string | null;
            physician_id: string;
            /**
             * Format: int64
             * @description visit numbers with fees that name the physician, each in the month of the first of them
             */
            stays: number;
            /** @description on the day of as_of, by the table physicians */
            suspended: boolean;
        };
        PhysiciansAnswerBody: {
            /** @description moment of the figures, which are kept for half a minute */
            as_of: string;
            items: components["schemas"]["PhysicianRow"][];
            next: string;
        };
        Posting: {
            account: string;
            amount: string;
        };
        PostingView: {
            account: string;
            amount: string;
            at: string;
            /** @description ids of the keys that decided */
            by: string[];
            /**
             * Format: int64
             * @description of the journal; its postings add up to zero
             */
            entry: number;
            /** @description type of the journal entry */
            event: string;
            /** @description month YYYY-MM, or year YYYY */
            for: string;
            institution_id: string;
        };
        PostingsAnswerBody: {
            items: components["schemas"]["PostingView"][];
            next: string;
        };
        Problem: {
            /** Format: int64 */
            accepted?: number;
            /** @description stable word of the contract */
            code: string;
            /** @description what is wrong and what to do */
            detail?: string;
            /** Format: int64 */
            duplicate?: number;
            /** @description every fault of a refused load or body */
            faults?: components["schemas"]["Fault"][] | null;
            /** @description where the fault lies */
            field?: string;
            receipt_id?: string;
            received_at?: string;
            refused?: components["schemas"]["Refusal"][] | null;
            settled?: boolean;
            /** Format: int64 */
            status: number;
            /** @description the status in words */
            title: string;
            /**
             * @description urn:claimwatch:problem: and the code
             * @example urn:claimwatch:problem:bad_query
             */
            type: string;
        };
        Profile: {
            /** @description the newest first */
            agreements: components["schemas"]["AgreementRow"][];
            as_of: string;
            institution: components["schemas"]["InstitutionRow"];
            /** @description of the twelve months */
            measures: components["schemas"]["Measure"][];
            /** @description twelve, the oldest first */
            months: components["schemas"]["InstitutionMonth"][];
            /** @description the ten with the greatest amounts, of findings about the twelve months */
            rules: components["schemas"]["RuleCount"][];
        };
        Progress: {
            /** Format: int64 */
            done: number;
            /** Format: int64 */
            scopes: number;
        };
        ProofAnswerBody: {
            /** @description the signed head, when it is of this size */
            checkpoint?: string;
            /** @description the path from the leaf to the root (RFC 6962, 2.1.1), base64 */
            hashes: string[];
            /** @description SHA-256 of a zero byte and the entry, base64 */
            leaf: string;
            root: string;
            /** Format: int64 */
            seq: number;
            /**
             * Format: int64
             * @description entries under the root
             */
            size: number;
        };
        Proposal: {
            /** @enum {string} */
            action: "reject" | "reopen";
            /** @description of a rejection, over its lines */
            amount: string;
            at: string;
            /** @description id of the key */
            by: string;
            /** @description other facts make the proposal void */
            facts_sha256: string;
            lines?: components["schemas"]["Part"][] | null;
            reason: string;
        };
        ProposedStep: {
            action: string;
            at: string;
            attachments?: string[] | null;
            by: string;
            fields?: {
                [key: string]: string;
            };
            reason?: string;
            /** Format: int64 */
            seq: number;
            texts?: {
                [key: string]: string;
            };
        };
        PublicAgreement: {
            city: string;
            institution_id: string;
            kind: string;
            /** Format: int64 */
            level: number;
            name: string;
            since: string;
            status: string;
        };
        PublicListBody: {
            items: components["schemas"]["PublicAgreement"][];
            next: string;
        };
        PublicationView: {
            at: string;
            /** @description id of the key; empty for an institution */
            by: string;
            /** @description empty: everywhere */
            city: string;
            /** @description first service date */
            from: string;
            id: string;
            /** @description it covers today and is not withdrawn */
            in_force: boolean;
            /** @example days */
            name: string;
            reason: string;
            /** @description first day that is no longer covered */
            until: string | null;
            /** @example 10 */
            value: string;
            /**
             * Format: int64
             * @description the journal entry of the publication
             */
            version: number;
            /** @description why it was withdrawn */
            withdrawal?: string;
            withdrawn_at: string | null;
            withdrawn_by?: string;
        };
        PublishAnswerBody: {
            /** @description withdraws it again */
            id: string;
            rule: string;
            /**
             * Format: int64
             * @description the journal entry
             */
            version: number;
        };
        PublishBody: {
            /** @description of institutions; empty: everywhere */
            city?: string;
            /** @description first service date */
            from: string;
            reason: string;
            /**
             * @description values by parameter, in its unit
             * @example {
             *       "days": "10"
             *     }
             */
            set: {
                [key: string]: string;
            };
            /** @description first day that is no longer covered */
            until?: string;
        };
        QuarantineItem: {
            code: string;
            field?: string;
            /**
             * Format: int64
             * @description counts the records of the upload from 0
             */
            index: number;
            institution_id: string;
            message: string;
            quarantine_id: string;
            /** @description the record as it was sent */
            raw?: string;
            /** @description instead of raw when it is not UTF-8 */
            raw_base64?: string;
            /** @description empty when the message named none */
            receipt_id: string;
            /** @description when the upload was received */
            received_at: string;
            record_id?: string;
        };
        QuarantinePage: {
            items: components["schemas"]["QuarantineItem"][];
            /** @description cursor of the next page, empty on the last */
            next: string;
        };
        QueriesAnswerBody: {
            items: components["schemas"]["EntitlementQuery"][];
            next: string;
        };
        Reached: {
            /**
             * @description code of the stated rule
             * @enum {string}
             */
            rule: "persons" | "claimed";
            says: string;
        };
        ReadAnswerBody: {
            /**
             * Format: int64
             * @description what is left
             */
            unread: number;
        };
        ReadInputBody: {
            /** @description ids of messages */
            items: string[];
        };
        Readings: {
            /** @description 10 % of what passed is kept */
            approved: components["schemas"]["Split"];
            /** @description 10 % of what was claimed is kept */
            total: components["schemas"]["Split"];
        };
        Reason: {
            reason: string;
            /** Format: int64 */
            stays: number;
        };
        Receipt: {
            /** Format: int64 */
            accepted: number;
            /** Format: int64 */
            duplicate: number;
            receipt_id: string;
            received_at: string;
            refused: components["schemas"]["Refusal"][] | null;
            settled: boolean;
            /** @description whose electronic seal was verified over the upload; absent when it was sent without one */
            signed_by?: components["schemas"]["Signer"];
        };
        ReceiptsAnswerBody: {
            items: components["schemas"]["UploadRow"][];
            next: string;
        };
        Recommendation: {
            against: components["schemas"]["Argument"][] | null;
            agreement_kind?: string;
            amount: string;
            findings: string[] | null;
            for: components["schemas"]["Argument"][] | null;
            grounds: string[] | null;
            measure: string;
            /** Format: int64 */
            months?: number;
        };
        RecommendationsAnswerBody: {
            items: components["schemas"]["Recommended"][];
            next: string;
            /** @description the stated rules */
            table: components["schemas"]["StatedRule"][];
        };
        Recommended: {
            city: string;
            institution_id: string;
            name: string;
            /** @description the severest first */
            recommendations: components["schemas"]["Recommendation"][];
        };
        RecordView: {
            /** @description later than as_of: it does not exist yet */
            ahead: boolean;
            cancelled: boolean;
            /** @description of an admission, a discharge or a front page: primary first, with names */
            diagnoses?: components["schemas"]["NamedCode"][];
            kind: string;
            /** @description of a fee line or a fitting: the amount less its refunds */
            net?: string;
            occurred_at: string;
            person_id: string;
            /** @description of a front page or an operation, with names */
            procedures?: components["schemas"]["NamedCode"][];
            /** @description reception of this revision */
            received_at: string;
            /** @description the record in its canonical form */
            record: unknown;
            record_id: string;
            /** Format: int32 */
            revision: number;
        };
        Record_admission: {
            bed?: string;
            cancelled?: boolean;
            /** @enum {string} */
            class: "inpatient" | "rehab" | "outpatient";
            department: string;
            diagnoses: string[];
            injury_case_id?: string;
            institution_id?: string;
            /** @enum {string} */
            kind: "admission";
            /**
             * Format: date-time
             * @description RFC 3339 with an offset, at most 3 fraction digits
             */
            occurred_at: string;
            person_id: string;
            physician_id?: string;
            record_id: string;
            referral_id?: string;
            revision?: number;
            /** @enum {string} */
            route: "emergency" | "elective" | "transfer";
            series_id?: string;
            stay_id: string;
            ward?: string;
        };
        Record_care_record: {
            cancelled?: boolean;
            institution_id?: string;
            /** @enum {string} */
            kind: "care_record";
            /**
             * Format: date-time
             * @description RFC 3339 with an offset, at most 3 fraction digits
             */
            occurred_at: string;
            order_id?: string;
            person_id: string;
            record_id: string;
            revision?: number;
            stay_id: string;
            /** @enum {string} */
            type: "vitals" | "nursing" | "round" | "execution";
        };
        Record_claim: {
            cancelled?: boolean;
            /** @description a decimal string */
            declared_amount: string;
            institution_id?: string;
            /** @enum {string} */
            kind: "claim";
            line_count: number;
            month: string;
            /**
             * Format: date-time
             * @description RFC 3339 with an offset, at most 3 fraction digits
             */
            occurred_at: string;
            person_id: string;
            record_id: string;
            revision?: number;
            stay_id: string;
        };
        Record_device_fitting: {
            /** @description a decimal string */
            amount: string;
            appraisal_id?: string;
            body_part?: string;
            cancelled?: boolean;
            institution_id?: string;
            item_code: string;
            /** @enum {string} */
            kind: "device_fitting";
            laser_mark?: string;
            /**
             * Format: date-time
             * @description RFC 3339 with an offset, at most 3 fraction digits
             */
            occurred_at: string;
            person_id: string;
            photo_sha256?: string;
            record_id: string;
            revision?: number;
            serial_no?: string;
            stay_id?: string;
        };
        Record_discharge: {
            cancelled?: boolean;
            diagnoses: string[];
            /** @enum {string} */
            disposition: "cured" | "improved" | "transferred" | "against_advice" | "died" | "other";
            institution_id?: string;
            /** @enum {string} */
            kind: "discharge";
            /**
             * Format: date-time
             * @description RFC 3339 with an offset, at most 3 fraction digits
             */
            occurred_at: string;
            person_id: string;
            record_id: string;
            revision?: number;
            stay_id: string;
        };
        Record_exam_report: {
            body_part: string;
            cancelled?: boolean;
            institution_id?: string;
            item_code?: string;
            /** @enum {string} */
            kind: "exam_report";
            modality: string;
            /**
             * Format: date-time
             * @description RFC 3339 with an offset, at most 3 fraction digits
             */
            occurred_at: string;
            order_id?: string;
            person_id: string;
            record_id: string;
            report_sha256?: string;
            /**
             * Format: date-time
             * @description RFC 3339 with an offset, at most 3 fraction digits
             */
            reported_at: string;
            revision?: number;
            stay_id: string;
        };
        Record_fee: {
            /** @description a decimal string */
            amount: string;
            cancelled?: boolean;
            /** @enum {string} */
            category: "bed" | "consultation" | "exam" | "lab" | "treatment" | "surgery" | "nursing" | "consumable" | "drug" | "registration" | "rehab" | "device" | "other";
            consent_id?: string;
            days_supply?: number;
            department?: string;
            /**
             * Format: date-time
             * @description RFC 3339 with an offset, at most 3 fraction digits
             */
            from?: string;
            institution_id?: string;
            item_code: string;
            item_name: string;
            /** @enum {string} */
            kind: "fee";
            /**
             * Format: date-time
             * @description RFC 3339 with an offset, at most 3 fraction digits
             */
            occurred_at: string;
            order_id?: string;
            person_id: string;
            physician_id?: string;
            prescription_id?: string;
            /** @description a decimal string */
            quantity: string;
            record_id: string;
            reverses?: string;
            revision?: number;
            self_pay?: boolean;
            serial_no?: string;
            stay_id: string;
            /** @description a decimal string */
            unit_price: string;
            /**
             * Format: date-time
             * @description RFC 3339 with an offset, at most 3 fraction digits
             */
            until?: string;
            /** @enum {string} */
            usage?: "normal" | "discharge" | "emergency";
        };
        Record_front_page: {
            cancelled?: boolean;
            diagnoses: string[];
            institution_id?: string;
            /** @enum {string} */
            kind: "front_page";
            length_of_stay: number;
            /**
             * Format: date-time
             * @description RFC 3339 with an offset, at most 3 fraction digits
             */
            occurred_at: string;
            person_id: string;
            procedures: string[];
            record_id: string;
            revision?: number;
            stay_id: string;
            /** @description a decimal string */
            total_amount: string;
        };
        Record_identity_check: {
            cancelled?: boolean;
            device_id: string;
            institution_id?: string;
            /** @enum {string} */
            kind: "identity_check";
            liveness?: boolean;
            location?: string;
            /** @enum {string} */
            method: "face" | "card" | "fingerprint";
            /**
             * Format: date-time
             * @description RFC 3339 with an offset, at most 3 fraction digits
             */
            occurred_at: string;
            person_id: string;
            record_id: string;
            /** @enum {string} */
            result: "match" | "mismatch" | "unavailable";
            revision?: number;
            /** @description a decimal string */
            score?: string;
            stay_id: string;
        };
        Record_leave: {
            approved_by: string;
            cancelled?: boolean;
            institution_id?: string;
            /** @enum {string} */
            kind: "leave";
            /**
             * Format: date-time
             * @description RFC 3339 with an offset, at most 3 fraction digits
             */
            occurred_at: string;
            person_id: string;
            record_id: string;
            revision?: number;
            stay_id: string;
            /**
             * Format: date-time
             * @description RFC 3339 with an offset, at most 3 fraction digits
             */
            until: string;
        };
        Record_operation: {
            anaesthetist_id?: string;
            cancelled?: boolean;
            incision_no?: number;
            institution_id?: string;
            /** @enum {string} */
            kind: "operation";
            /**
             * Format: date-time
             * @description RFC 3339 with an offset, at most 3 fraction digits
             */
            occurred_at: string;
            person_id: string;
            procedure_code: string;
            record_id: string;
            revision?: number;
            room?: string;
            stay_id: string;
            surgeon_id: string;
            /**
             * Format: date-time
             * @description RFC 3339 with an offset, at most 3 fraction digits
             */
            until: string;
        };
        Record_order: {
            cancelled?: boolean;
            /** @enum {string} */
            class: "drug" | "exam" | "lab" | "treatment" | "surgery" | "nursing" | "diet" | "rehab" | "other";
            days?: number;
            department?: string;
            institution_id?: string;
            item_code: string;
            /** @enum {string} */
            kind: "order";
            nursing_level?: number;
            /**
             * Format: date-time
             * @description RFC 3339 with an offset, at most 3 fraction digits
             */
            occurred_at: string;
            person_id: string;
            physician_id: string;
            prescription_id?: string;
            /** @description a decimal string */
            quantity?: string;
            record_id: string;
            revision?: number;
            stay_id: string;
            /** @description a decimal string */
            times_per_day?: string;
            /**
             * Format: date-time
             * @description RFC 3339 with an offset, at most 3 fraction digits
             */
            until?: string;
        };
        Record_transfer: {
            bed: string;
            cancelled?: boolean;
            department: string;
            institution_id?: string;
            /** @enum {string} */
            kind: "transfer";
            /**
             * Format: date-time
             * @description RFC 3339 with an offset, at most 3 fraction digits
             */
            occurred_at: string;
            person_id: string;
            record_id: string;
            revision?: number;
            stay_id: string;
            ward: string;
        };
        Recovered: {
            /** @description of that for services of earlier months; negative: given back */
            adjustments: string;
            /** @description by the closed settlements of the month */
            approved: string;
            /** @description by the closed settlements of the month, their adjustments among it */
            deducted: string;
            /** @description on the rejected-fee lists of the month */
            rejected: string;
            /**
             * Format: int64
             * @description institutions whose month is closed
             */
            settled: number;
        };
        Refusal: {
            code: string;
            field?: string;
            /** Format: int64 */
            index: number;
            message: string;
            record_id?: string;
        };
        RefusedCode: {
            code: string;
            /** Format: int64 */
            records: number;
        };
        RegisterField: {
            description?: string;
            name: string;
            /** @description id, item, text, word, bool, int, amount, price, number, day, time, month, list, hash; free for what people write */
            type: string;
            words?: string[] | null;
        };
        RegisterStep: {
            action: string;
            by: string[];
            /** @description what is due from the step on */
            deadline?: string;
            description: string;
            from?: string[] | null;
            /** @example shanxi-2022-measures 18 */
            law: string;
            needs?: string[] | null;
            /** @description who may confirm it; none: one person decides */
            second?: string[] | null;
            takes?: string[] | null;
            /** @description empty: the state stays */
            to?: string;
        };
        RegisterView: {
            description: string;
            fields: components["schemas"]["RegisterField"][];
            /** @description no deadline runs in these */
            final: string[];
            initial: string;
            kind: string;
            /** @example /v1/clues */
            path: string;
            steps: components["schemas"]["RegisterStep"][];
        };
        RegistersAnswerBody: {
            items: components["schemas"]["RegisterView"][];
            next: string;
        };
        RejectedItem: {
            /** @description an adjustment: number of the sealed list that it corrects */
            adjusts?: string;
            basis: components["schemas"]["Basis"][] | null;
            /** @description the line's amount net of refunds, as the decision counts on it */
            claimed: string;
            decided_at: string;
            /** @description ids of the keys that decided, joined with ; */
            decided_by: string;
            finding_id: string;
            item_code: string;
            item_name: string;
            kind: string;
            occurred_at: string;
            person_id: string;
            reason: string;
            record_id: string;
            /** @description what is attributed to this finding of the line; negative: given back of what a sealed list took */
            rejected: string;
            rule: string;
            /** @description the hospital's statement in short: its first 200 characters */
            statement?: string;
            stay_id: string;
        };
        RejectedList: {
            institution_id: string;
            items: components["schemas"]["RejectedItem"][] | null;
            /** @example 2026-10 */
            month: string;
            /** @description of a sealed list: what its papers print beside codes */
            names?: components["schemas"]["Names"];
            /**
             * @description given when the list is sealed: running by institution and year
             * @example 2026-0003
             */
            number: string | null;
            sealed: boolean;
            sealed_at?: string;
            /** @description ids of the keys */
            sealed_by?: string[] | null;
            /** @description of a sealed list: SHA-256 of this JSON without sha256 and statement and with every item_name empty */
            sha256?: string;
            total: string;
        };
        Report: {
            /** @description who reports; empty: no agency of the city is known */
            agency: string;
            /** @description moment of which the figures are */
            as_of: string;
            /** @description against the month before, as it stands at as_of */
            changes: components["schemas"]["Change"][];
            /** @description empty: the whole province */
            city: string;
            /** @description the month was over at as_of */
            complete: boolean;
            coverage: components["schemas"]["Coverage"];
            decided: components["schemas"]["Decided"];
            found: components["schemas"]["Found"];
            /** @description by id */
            institutions: components["schemas"]["House"][];
            late: components["schemas"]["Late"];
            /** @example 2026-09 */
            month: string;
            recovered: components["schemas"]["Recovered"];
            /** @description with anything found, decided or not evaluated; the greatest amounts first */
            rules: components["schemas"]["Rule"][];
            /** @description twelve months up to this one, as they stand at as_of */
            trend: components["schemas"]["Trend"][];
            watched: components["schemas"]["Watched"];
        };
        Request: {
            /** @description findings count whose from is not before it */
            from?: string;
            /** @description what was received or loaded later is left out; otherwise now */
            known_at?: string;
            /**
             * @description a code, or * for all rules
             * @example ADM-001
             */
            rule: string;
            /**
             * @description parameters that differ: name, or RULE.name
             * @example {
             *       "days": "10"
             *     }
             */
            set?: {
                [key: string]: string;
            };
            /** @description and before this; it is evaluated as of then, at most as of now */
            until?: string;
        };
        Result: {
            /** @description found by both */
            both: components["schemas"]["Count"];
            /** @description by the local month of their from, in order */
            by_month?: components["schemas"]["ByMonth"][];
            by_rule: components["schemas"]["ByRule"][];
            /** @description of those found by both, the ones whose amount differs */
            changed: components["schemas"]["Count"];
            /** @description what could not be told with what was asked for */
            not_evaluated: components["schemas"]["NotTold"][];
            /** @description found only by what stands */
            only_before: components["schemas"]["Count"];
            /** @description found only by what was asked for */
            only_now: components["schemas"]["Count"];
        };
        RouteView: {
            continue: boolean;
            /** Format: int64 */
            depth: number;
            group_by: string[];
            group_interval: string;
            group_wait: string;
            /** @description the labels that were asked about come here */
            matched: boolean;
            matchers: string;
            receiver: string;
            repeat_interval: string;
        };
        RoutesAnswerBody: {
            /** @description the first route, and those below it in order */
            items: components["schemas"]["RouteView"][];
        };
        Row: {
            /** @description ids of the findings that hit */
            findings?: string[];
            institution_id: string;
            person_id: string | null;
            /** @description why it was not evaluated */
            reason?: string;
            /** @enum {string} */
            result: "hit" | "pass" | "not_evaluated";
            rule: string;
            stay_id: string | null;
        };
        RowView: {
            /** @description id of the key that loaded it */
            by: string;
            known_from: string;
            /** @description columns by name, as in CSV; absent ones are left out */
            row: {
                [key: string]: string;
            };
            /**
             * Format: int64
             * @description the journal entry of its load
             */
            version: number;
            void: boolean;
        };
        RowsAnswerBody: {
            items: components["schemas"]["RowView"][];
            next: string;
        };
        Rule: {
            at_issue: string;
            /** Format: int64 */
            confirmed: number;
            /** Format: int64 */
            dismissed: number;
            /** Format: int64 */
            findings: number;
            /**
             * Format: int64
             * @description stays
             */
            hit: number;
            name: string;
            /**
             * Format: int64
             * @description stays
             */
            not_evaluated: number;
            /** @example FEE-001 */
            rule: string;
        };
        RuleAnswerBody: {
            /** @description what it finds, in the answer about one rule; parameters with their defaults */
            about?: components["schemas"]["RuleName"];
            /** @description what an institution checks, corrects and writes; in the answer about one rule */
            answer?: components["schemas"]["RuleName"];
            /** @description those of basis in full, in the answer about one rule */
            articles?: components["schemas"]["ArticleView"][];
            basis: components["schemas"]["RuleArticle"][];
            /** @description when it is not evaluated, beside what every rule of its kind needs; in the answer about one rule */
            cannot_tell?: components["schemas"]["RuleName"];
            /** @description in the answer about one rule */
            case_names?: string[];
            /**
             * Format: int64
             * @description how many cases prove it
             */
            cases: number;
            /** @example ADM-001 */
            code: string;
            grounds: string[];
            /** @description what history it needs */
            look_back: components["schemas"]["RuleName"];
            name: components["schemas"]["RuleName"];
            parameters: components["schemas"]["ParameterView"][];
            /** @description values of its parameters, in the order of publication, withdrawn ones too */
            published: components["schemas"]["PublicationView"][];
            /** @description in the answer about one rule */
            query?: string;
            /** @description reference tables that it reads, in the answer about one rule */
            reads?: string[];
            /** @description capabilities of the institution */
            requires: string[];
            /** @enum {string} */
            scope: "person" | "institution";
            /** @enum {string} */
            severity: "violation" | "suspicion" | "reminder";
            /**
             * @description draft: not evaluated; trial: shown, touches no money; retired: not evaluated any more
             * @enum {string}
             */
            state: "draft" | "trial" | "stable" | "retired";
            /** @enum {string} */
            stays: "inpatient" | "outpatient" | "any";
            /** @description what the passing of time changes */
            time: components["schemas"]["RuleName"];
            /** @description what it finds is shown, and neither notified nor rejected nor attributed to */
            trial: boolean;
            /**
             * Format: int64
             * @description of query, parameters and what they read: it moves with every change of what the rule says
             */
            version: number;
        };
        RuleArticle: {
            /** @example 23 */
            article: string;
            /** @example shanxi-2022-measures */
            law: string;
        };
        RuleCount: {
            /** @description gross: one yuan may be at issue in several findings */
            amount: string;
            /** Format: int64 */
            findings: number;
            name: string;
        };
        RuleName: {
            en: string;
            zh: string;
        };
        RuleView: {
            /** @description what it finds, in the answer about one rule; parameters with their defaults */
            about?: components["schemas"]["RuleName"];
            /** @description what an institution checks, corrects and writes; in the answer about one rule */
            answer?: components["schemas"]["RuleName"];
            /** @description those of basis in full, in the answer about one rule */
            articles?: components["schemas"]["ArticleView"][];
            basis: components["schemas"]["RuleArticle"][];
            /** @description when it is not evaluated, beside what every rule of its kind needs; in the answer about one rule */
            cannot_tell?: components["schemas"]["RuleName"];
            /** @description in the answer about one rule */
            case_names?: string[];
            /**
             * Format: int64
             * @description how many cases prove it
             */
            cases: number;
            /** @example ADM-001 */
            code: string;
            grounds: string[];
            /** @description what history it needs */
            look_back: components["schemas"]["RuleName"];
            name: components["schemas"]["RuleName"];
            parameters: components["schemas"]["ParameterView"][];
            /** @description in the answer about one rule */
            query?: string;
            /** @description reference tables that it reads, in the answer about one rule */
            reads?: string[];
            /** @description capabilities of the institution */
            requires: string[];
            /** @enum {string} */
            scope: "person" | "institution";
            /** @enum {string} */
            severity: "violation" | "suspicion" | "reminder";
            /**
             * @description draft: not evaluated; trial: shown, touches no money; retired: not evaluated any more
             * @enum {string}
             */
            state: "draft" | "trial" | "stable" | "retired";
            /** @enum {string} */
            stays: "inpatient" | "outpatient" | "any";
            /** @description what the passing of time changes */
            time: components["schemas"]["RuleName"];
            /** @description what it finds is shown, and neither notified nor rejected nor attributed to */
            trial: boolean;
            /**
             * Format: int64
             * @description of query, parameters and what they read: it moves with every change of what the rule says
             */
            version: number;
        };
        RulesAnswerBody: {
            items: components["schemas"]["RuleView"][];
            next: string;
        };
        SanctionBody: {
            /**
             * @description only this agreement
             * @enum {string}
             */
            agreement_kind?: "medical" | "rehab" | "device";
            /** @example 128.50 */
            amount?: string;
            attachments?: string[];
            /** @description put the recommendation of the data for this measure, with its dossier, in place of what is left out here */
            by_data?: boolean;
            /** @description order_to_rectify */
            due_on?: string;
            findings?: string[];
            /** @description not before the day of notice; a hold may reach back */
            from?: string;
            /**
             * @description of Art. 38 and 39; suspension and termination need one
             * @example [
             *       "38.1"
             *     ]
             */
            grounds?: string[];
            institution_id: string;
            /**
             * @description suspension and termination are of the agreement
             * @enum {string}
             */
            measure: "interview" | "order_to_rectify" | "public_criticism" | "payment_withheld" | "fees_deducted" | "network_suspended" | "agreement_suspended" | "bond_forfeited" | "agreement_terminated" | "staff_suspended" | "suspension" | "termination";
            /**
             * Format: int64
             * @description of a suspension (Art. 45)
             */
            months?: number;
            name_masked?: string;
            /** @description staff_suspended (Art. 44) */
            physician_id?: string;
            reason: string;
            /**
             * Format: int64
             * @description staff_suspended
             */
            years?: number;
        };
        SanctionDecisionInputBody: {
            /** @description without it confirm when a proposal stands, else propose. announce, propose, confirm, decline, withdraw, notify, serve, answer, report, apply_resumption, accept_resumption, refuse_resumption, lift, end, complete, amend, drop */
            action?: string;
            attachments?: string[];
            /** Format: int64 */
            expected_revision: number;
            /** @description what else the step takes (GET /v1/registers); of confirm: those of the notice that goes out with it */
            fields?: {
                [key: string]: string;
            };
            from?: string;
            /** @description confirm: nobody is told yet and nothing changes until the step notify */
            hold_notice?: boolean;
            /** Format: int64 */
            months?: number;
            reason?: string;
        };
        SealInputBody: {
            /** @description empty: the whole province; a city's key has its own */
            city?: string;
            /** @example 2026-09 */
            month: string;
        };
        SealView: {
            at: string;
            /** @description id of the key */
            by: string;
            city: string;
            /**
             * Format: int64
             * @description of the journal
             */
            entry: number;
            month: string;
            /** @description of the report's JSON, byte for byte */
            sha256: string;
        };
        Seen: {
            amount: string;
            basis: components["schemas"]["Basis"][] | null;
            facts_sha256: string;
            finding_id: string;
            from: string | null;
            grounds: string[] | null;
            institution_id: string;
            lines: components["schemas"]["Line"][] | null;
            person_id: string | null;
            rule: string;
            /** Format: int64 */
            rule_version: number;
            severity: string;
            stay_id: string | null;
            subject: string;
            suppressed_by?: string;
            until: string | null;
        };
        SeenFinding: {
            /**
             * Format: int64
             * @description revision as seen
             */
            expected_revision: number;
            /** @description facts_sha256 as seen */
            facts_sha256: string;
            finding_id: string;
            /** @description reject: parts of lines; without them the whole finding */
            lines?: components["schemas"]["LinePart"][];
        };
        SessionBody: {
            city?: string;
            /** @description of a session, at the latest; an hour without a call ends it too */
            expires_at?: string;
            institution_id?: string;
            /** @description who you are in the journal, whether you came with a password or a key */
            key_id: string;
            login?: string;
            /** @description nothing but a second factor can be set up until there is one: POST /v1/session/totp */
            must_enroll_totp?: boolean;
            name?: string;
            roles: string[];
            /** @description of a session: the person comes by the sign-on of the agency and has neither password nor second factor here */
            sign_on?: boolean;
            /** @description of a session: there is a second factor */
            totp?: boolean;
        };
        SettledLine: {
            approved: string;
            claimed: string;
            hold_id?: string;
            kind: string;
            month: string;
            not_payable: string;
            not_payable_because?: string;
            on_hold: string;
            person_id: string;
            record_id: string;
            rejected: string;
            stay_id: string;
        };
        Settlement: {
            /** @description lines of earlier months, by the month that they correct */
            adjustments: components["schemas"]["Adjustment"][] | null;
            approved: string;
            /** @description moment of which the facts are */
            as_of: string;
            /** @description the reading of Shanxi Art. 33 that counts */
            bond_base: string;
            claimed: string;
            /** @description stays of the month */
            claims: components["schemas"]["Claim"][] | null;
            closed: components["schemas"]["Signature"] | null;
            /** @description the month was over; what comes later goes to the next close */
            complete: boolean;
            institution_id: string;
            /**
             * Format: int64
             * @description that this settlement posts
             */
            lines: number;
            month: string;
            not_payable: string;
            /** @description given when it is closed, running within institution and year */
            number: string | null;
            of_adjustments: components["schemas"]["Parts"];
            of_month: components["schemas"]["Parts"];
            on_hold: string;
            /** @description last day of payment, Shanxi Art. 33 */
            pay_by: string;
            payable: string;
            proposed: components["schemas"]["Signature"] | null;
            /** @description both readings, whichever counts */
            readings: components["schemas"]["Readings"];
            rejected: string;
            /** @description number of the rejected-fee list that was sealed with it */
            rejected_list: string | null;
            retained: string;
            /** @description of the sheet of all lines, as it stands in the journal */
            sha256: string;
            state: string;
        };
        SetupInputBody: {
            login: string;
            name: string;
            /** @description 10 to 256 characters */
            password: string;
            /** @description what follows # in the link that the first start prints */
            token: string;
        };
        Severity: {
            at_issue: string;
            /** Format: int64 */
            findings: number;
            severity: string;
        };
        Shares: {
            claimed: string;
            /** @description of the sum over institutions: who was in two counts in both */
            persons: string;
            stays: string;
        };
        SignInInputBody: {
            login: string;
            password: string;
            /** @description code of the second factor, of somebody who has one */
            totp?: string;
        };
        SignOnMethod: {
            /** @description what the agency calls it */
            name: string;
            /** @description where a browser goes; with ?return= and a path of this server it comes back there */
            start: string;
        };
        Signature: {
            at: string;
            /** @description id of the key */
            by: string;
            /**
             * Format: int64
             * @description number of the journal entry
             */
            entry: number;
        };
        Signer: {
            /** @description SHA-256 of the certificate, hex */
            certificate_sha256: string;
            /** @description the certificate's serial number, hex */
            serial: string;
            /** @description the certificate's subject, RFC 2253 */
            subject: string;
        };
        Silence: {
            /** @description id of the key */
            by: string;
            city?: string;
            /** @description who ended it before its time */
            expired_by?: string;
            from: string;
            id: string;
            /**
             * @example [
             *       "rule=\"DUP-001\""
             *     ]
             */
            matchers: string[];
            reason: string;
            until: string;
        };
        SilenceInputBody: {
            /**
             * @description how long it lasts, instead of until
             * @example 8h
             */
            for?: string;
            /**
             * @description all of them hold
             * @example [
             *       "rule=\"DUP-001\""
             *     ]
             */
            matchers: string[];
            reason: string;
            /** @description when it ends; at most 90 days ahead */
            until?: string;
        };
        SilencesAnswerBody: {
            items: components["schemas"]["Silence"][];
        };
        Silent: {
            institution_id: string;
            name: string;
        };
        Split: {
            payable: string;
            retained: string;
        };
        StatedMonths: {
            /** Format: int64 */
            count?: number;
            /** Format: int64 */
            months: number;
            /** Format: int64 */
            share?: number;
        };
        StatedRule: {
            amount: string;
            code: string;
            ground?: string;
            /** Format: int64 */
            least?: number;
            measure: string;
            says: string;
            says_zh: string;
            steps?: components["schemas"]["StatedMonths"][] | null;
        };
        StatementInputBody: {
            /** @description SHA-256 of files that were sent with PUT /v1/attachments */
            attachments?: string[];
            text: string;
        };
        Status: {
            /** @description the time as of which rules are evaluated; null before the first record with the event clock */
            as_of: string | null;
            /** @description evaluations that changed reference data, rules or a present that went back cause and that are not finished */
            background: components["schemas"]["StatusBackground"][];
            /**
             * @description wall: as_of is now; event: the latest occurred_at stored
             * @enum {string}
             */
            clock: "wall" | "event";
            /** @description when the passing of time could next change a finding */
            due_next: string | null;
            /** @description everything acknowledged so far is stored and evaluated as of as_of */
            idle: boolean;
            records: components["schemas"]["StatusRecords"];
            touched: components["schemas"]["StatusTouched"];
        };
        StatusBackground: {
            /**
             * Format: int64
             * @description persons and institutions evaluated with it
             */
            done: number;
            /**
             * Format: int64
             * @description persons and institutions that it touches
             */
            of: number;
            /** @description the change, for example items load 17, or present of H1 when it went back */
            what: string;
        };
        StatusRecords: {
            /**
             * Format: int64
             * @description messages acknowledged and not yet stored
             */
            behind: number;
            /**
             * Format: int64
             * @description distinct (institution, kind, record_id, revision)
             */
            stored: number;
        };
        StatusTouched: {
            /**
             * Format: int64
             * @description messages not yet evaluated
             */
            behind: number;
        };
        StayPerson: {
            admitted_at: string | null;
            /** @enum {string} */
            class?: "inpatient" | "rehab" | "outpatient";
            discharged_at: string | null;
            person_id: string;
        };
        StayView: {
            as_of: string;
            coverage: components["schemas"]["Row"][];
            /** @description those that speak of the stay or belong to it */
            findings: components["schemas"]["FindingView"][];
            institution_id: string;
            /** @description whom the records name; more than one shares the number */
            persons: components["schemas"]["StayPerson"][];
            /** @description how far the institution has come: its open gaps do not grow beyond */
            present: string | null;
            /** @description the newest revision of each, in the order of records */
            records: components["schemas"]["RecordView"][];
            stay_id: string;
        };
        Step: {
            /**
             * @description without it confirm when a proposal stands, which a second person must, else propose
             * @enum {string}
             */
            action?: "propose" | "confirm" | "withdraw";
            /**
             * Format: int64
             * @description confirm: journal entry of the proposal as seen; 409 changed when it was replaced
             */
            proposal?: number;
            reason?: string;
        };
        StepBody: {
            /** @description a step of the register; confirm, decline and withdraw are about a proposal */
            action: string;
            /** @description SHA-256 of each */
            attachments?: string[];
            /**
             * Format: int64
             * @description revision as seen
             */
            expected_revision: number;
            fields?: {
                [key: string]: string;
            };
            /** @description needed of the agency */
            reason?: string;
        };
        Sum: {
            /** Format: int64 */
            hit: number;
            institution_id: string;
            /** Format: int64 */
            not_evaluated: number;
            /** Format: int64 */
            pass: number;
            /** @description why not evaluated, the most frequent first */
            reasons: components["schemas"]["Reason"][];
            rule: string;
            /**
             * Format: int64
             * @description stays that the rule speaks of
             */
            stays: number;
        };
        SumsAnswerBody: {
            items: components["schemas"]["Sum"][];
            /** @description cursor of the following page; empty: this is the last */
            next: string;
        };
        TableView: {
            /** @description in the order of files; those of the key in the order of key= of its history */
            columns: components["schemas"]["ColumnView"][];
            /** @description the latest load */
            last: components["schemas"]["HistoryItem"] | null;
            /**
             * Format: int64
             * @description how often rows were loaded; a table that never was leaves rules not evaluated
             */
            loads: number;
            table: string;
        };
        TablesAnswerBody: {
            items: components["schemas"]["TableView"][];
            next: string;
        };
        TakenStep: {
            action: string;
            at: string;
            attachments?: string[] | null;
            by: string;
            erased?: boolean;
            fields?: {
                [key: string]: string;
            };
            institution_id?: string;
            late?: boolean;
            maker?: string;
            of?: string;
            proposed?: boolean;
            reason?: string;
            /** Format: int64 */
            revision: number;
            /** Format: int64 */
            seq: number;
            state: string;
            tells?: boolean;
            texts?: {
                [key: string]: string;
            };
            /** Format: int64 */
            texts_of?: number;
            voids?: string;
        };
        TestAnswerBody: {
            items: components["schemas"]["Tested"][];
        };
        Tested: {
            /** @description a real message would be sent again */
            again: boolean;
            answer: string;
            integration: string;
            /** @enum {string} */
            outcome: "delivered" | "failed";
        };
        Told: {
            annotations: {
                [key: string]: string;
            };
            fingerprint: string;
            labels: {
                [key: string]: string;
            };
            /** @enum {string} */
            status: "firing" | "resolved" | "reminder";
        };
        Trend: {
            at_issue: string;
            charged: string;
            /** Format: int64 */
            findings: number;
            month: string;
            rejected: string;
        };
        UnsaidReason: {
            /** Format: int64 */
            pairs: number;
            reason: string;
        };
        UploadDay: {
            /** Format: int64 */
            accepted: number;
            day: string;
            /** Format: int64 */
            duplicate: number;
            /** Format: int64 */
            refused: number;
            /** Format: int64 */
            uploads: number;
        };
        UploadHealth: {
            as_of: string;
            completeness: components["schemas"]["Completeness"][];
            /** @description days with uploads; with the event clock up to the last one */
            days: components["schemas"]["UploadDay"][];
            from: string;
            institution_id: string;
            /** @description last reception of an accepted record */
            last_upload: string | null;
            /** @description nothing with the event clock, under which DAT-001 is not evaluated */
            lateness: components["schemas"]["Lateness"];
            /** @description quarantined records by code, the most first */
            refused: components["schemas"]["RefusedCode"][];
            /** @description longer than usual, and than DAT-003 allows while patients are in bed */
            silent: boolean;
            /** @description since then; not known with the event clock */
            silent_hours: number | null;
            /** @description first day that does not count */
            until: string;
            /** @description 19 of 20 pauses between uploads of the days were not longer */
            usual_gap_hours: number | null;
        };
        UploadRow: {
            /** Format: int64 */
            accepted: number;
            /** Format: int64 */
            duplicate: number;
            institution_id: string;
            receipt_id: string;
            received_at: string;
            /**
             * Format: int64
             * @description accepted, duplicate and refused together, as far as they are known
             */
            records: number;
            /** Format: int64 */
            refused: number;
            settled: boolean;
        };
        Visit: {
            inspectors: string[] | null;
            institution_id: string;
        };
        Waiting: {
            /** Format: int64 */
            alerts: number;
            decided_at: string;
            id: string;
            integration: string;
        };
        Watched: {
            /** @description for services of the month, net of refunds, without self-pay */
            charged: string;
            /**
             * Format: int64
             * @description of the register, and others that sent records
             */
            institutions: number;
            /**
             * Format: int64
             * @description of these, later than DAT-001 allows; none with the event clock
             */
            late_records: number;
            /** Format: int64 */
            records: number;
            /**
             * Format: int64
             * @description records came from them
             */
            reporting: number;
            /** @description with an active agreement, and without any record in the month */
            silent: components["schemas"]["Silent"][];
            /**
             * Format: int64
             * @description inpatient and rehab, admitted in the month
             */
            stays: number;
            /**
             * Format: int64
             * @description admissions and fees that came in
             */
            timed: number;
            /**
             * Format: int64
             * @description an active agreement on the last day of the month
             */
            with_agreement: number;
        };
        YearEnd: {
            /** @description kept in the settlements of the year */
            bond: string;
            closed: components["schemas"]["Signature"] | null;
            /** @description 31 March of the year after */
            due_on: string;
            /** @description falls to the fund */
            forfeited: string;
            in_time: boolean;
            institution_id: string;
            months: components["schemas"]["YearMonth"][] | null;
            /**
             * Format: int64
             * @description share of the bond that is returned
             */
            percent: number;
            proposed: components["schemas"]["Signature"] | null;
            returned: string;
            /** @description of the annual assessment */
            score: string;
            state: string;
            /** Format: int64 */
            year: number;
        };
        YearMonth: {
            approved: string;
            month: string;
            number: string;
            retained: string;
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
    livez: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description yes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description no, and why */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description what is wrong and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description yes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description what is wrong and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description yes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description no, and why */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description what is wrong and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-accounts": {
        parameters: {
            query?: {
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["AccountsAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "add-account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkedAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-account": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountChangeBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "link-account": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AccountLinkInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkedAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-agreement-courses": {
        parameters: {
            query?: {
                /** @description a hospital sees its own only */
                institution_id?: string;
                person_id?: string;
                state?: string;
                /** @description only those whose deadline has passed */
                overdue?: boolean;
                /** @description only those with a step that waits for a second person */
                waiting?: boolean;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["MatterListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "open-agreement-course": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-agreement-course": {
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
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "step-agreement-course": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-agreements": {
        parameters: {
            query?: {
                institution_id?: string;
                /** @description the day; today without it */
                on?: string;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["AgreementListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-public-agreements": {
        parameters: {
            query?: {
                /** @description the day; today without it */
                on?: string;
                city?: string;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["PublicListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-alerts": {
        parameters: {
            query?: {
                alertname?: "Finding" | "Deadline" | "Silence" | "Test";
                institution_id?: string;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["ListAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-deliveries": {
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
                    "application/json": components["schemas"]["DeliveriesAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "show-routes": {
        parameters: {
            query?: {
                /** @description say which routes these labels come to */
                labels?: string;
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
                    "application/json": components["schemas"]["RoutesAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-silences": {
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
                    "application/json": components["schemas"]["SilencesAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "add-silence": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SilenceInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Silence"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "end-silence": {
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
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "test-receivers": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
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
                    "application/json": components["schemas"]["TestAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-applications": {
        parameters: {
            query?: {
                /** @description a hospital sees its own only */
                institution_id?: string;
                person_id?: string;
                state?: string;
                /** @description only those whose deadline has passed */
                overdue?: boolean;
                /** @description only those with a step that waits for a second person */
                waiting?: boolean;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["MatterListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "open-application": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-application": {
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
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "step-application": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-appraisals": {
        parameters: {
            query?: {
                /** @description a hospital sees its own only */
                institution_id?: string;
                person_id?: string;
                state?: string;
                /** @description only those whose deadline has passed */
                overdue?: boolean;
                /** @description only those with a step that waits for a second person */
                waiting?: boolean;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["MatterListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "open-appraisal": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-appraisal": {
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
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "step-appraisal": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-assessments": {
        parameters: {
            query?: {
                /** @description a hospital sees its own only */
                institution_id?: string;
                person_id?: string;
                state?: string;
                /** @description only those whose deadline has passed */
                overdue?: boolean;
                /** @description only those with a step that waits for a second person */
                waiting?: boolean;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["MatterListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "open-assessment": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-assessment": {
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
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "step-assessment": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "assess-institution": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                institution_id: string;
                year: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssessmentInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-attachment": {
        parameters: {
            query?: {
                /** @description of the file, 64 hex digits: refused when other bytes arrive */
                sha256?: string;
            };
            header?: {
                "Content-Type"?: string;
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/pdf": string;
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document": string;
                "image/jpeg": string;
                "image/png": string;
                "image/tiff": string;
                "text/csv": string;
                "text/plain": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-attachment": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 64 hex digits */
                sha256: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the file */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    "X-Content-Type-Options"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": string;
                    "image/jpeg": string;
                    "image/png": string;
                    "image/tiff": string;
                    "text/csv": string;
                    "text/plain": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    backtests: {
        parameters: {
            query?: {
                /** @description next of the page before */
                cursor?: string;
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
                    "application/json": components["schemas"]["Page"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description what is wrong and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    backtest: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Request"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Backtest"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description what is wrong and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "backtest-result": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                backtest_id: string;
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
                    "application/json": components["schemas"]["Backtest"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description what is wrong and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "cancel-backtest": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                backtest_id: string;
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
                    "application/json": components["schemas"]["Backtest"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description what is wrong and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-balances": {
        parameters: {
            query: {
                institution_id: string;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["BalancesAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "build-baselines": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BaselineInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BaselineAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-cases": {
        parameters: {
            query?: {
                institution_id?: string;
                person_id?: string;
                stay_id?: string;
                rule?: string;
                state?: "open" | "notified" | "explained" | "lapsed" | "rejected" | "released" | "appealed" | "upheld" | "overturned" | "retracted";
                severity?: "violation" | "suspicion" | "reminder";
                /** @description findings that reach this time or day, or later */
                from?: string;
                /** @description findings that begin before this time or day */
                until?: string;
                min_amount?: string;
                /** @description true: those that a whitelist row suppresses; false: the others */
                suppressed?: "true" | "false";
                /** @description a violating fee or order names this physician; with item_code the same line. A hospital: a line of its own */
                physician_id?: string;
                /** @description a violating fee, order or device is of this item */
                item_code?: string;
                /** @description true: those that the caller claimed or that were assigned to the caller */
                mine?: boolean;
                /** @description amount: greatest first; due_on: nearest first, while nothing was decided since; severity: gravest first; revised: newest first, also without sort */
                sort?: "amount" | "due_on" | "severity" | "revised";
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["CaseListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-changes": {
        parameters: {
            query?: {
                /** @description a hospital sees its own only */
                institution_id?: string;
                person_id?: string;
                state?: string;
                /** @description only those whose deadline has passed */
                overdue?: boolean;
                /** @description only those with a step that waits for a second person */
                waiting?: boolean;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["MatterListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "open-change": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-change": {
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
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "step-change": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    check: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": (components["schemas"]["Record_admission"] | components["schemas"]["Record_transfer"] | components["schemas"]["Record_leave"] | components["schemas"]["Record_discharge"] | components["schemas"]["Record_order"] | components["schemas"]["Record_fee"] | components["schemas"]["Record_identity_check"] | components["schemas"]["Record_care_record"] | components["schemas"]["Record_operation"] | components["schemas"]["Record_exam_report"] | components["schemas"]["Record_front_page"] | components["schemas"]["Record_device_fitting"] | components["schemas"]["Record_claim"])[];
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description what the records would cause, and which of them would be refused */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"];
                };
            };
            /** @description what is wrong and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-clues": {
        parameters: {
            query?: {
                /** @description a hospital sees its own only */
                institution_id?: string;
                person_id?: string;
                state?: string;
                /** @description only those whose deadline has passed */
                overdue?: boolean;
                /** @description only those with a step that waits for a second person */
                waiting?: boolean;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["MatterListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "open-clue": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-clue": {
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
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "step-clue": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-colleagues": {
        parameters: {
            query?: {
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["ColleaguesAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-coverage": {
        parameters: {
            query?: {
                institution_id?: string;
                person_id?: string;
                stay_id?: string;
                rule?: string;
                result?: "hit" | "pass" | "not_evaluated";
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["CoverageAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-coverage-sums": {
        parameters: {
            query?: {
                institution_id?: string;
                rule?: string;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["SumsAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-deadlines": {
        parameters: {
            query?: {
                /** @description first day that is not listed; 31 days from today without it */
                until?: string;
                /** @description a hospital sees its own only */
                institution_id?: string;
                /** @description statement, lease, renewal_asked, term_end, suspension_end, assessed_until, settlement, payment, year_end, or the name of a register */
                kind?: string;
                /** @description only what has passed */
                overdue?: boolean;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["DeadlineListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "decide-findings": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ManyBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManyAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-digest": {
        parameters: {
            query?: {
                /** @description over findings only: equals evaluate --digest at the same as_of */
                findings?: boolean;
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
                    "application/json": components["schemas"]["DigestAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-dishonesty-list": {
        parameters: {
            query?: {
                /** @description a hospital sees its own only */
                institution_id?: string;
                person_id?: string;
                state?: string;
                /** @description only those whose deadline has passed */
                overdue?: boolean;
                /** @description only those with a step that waits for a second person */
                waiting?: boolean;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["MatterListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "open-dishonesty": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-dishonesty": {
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
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "step-dishonesty": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-disputes": {
        parameters: {
            query?: {
                /** @description a hospital sees its own only */
                institution_id?: string;
                person_id?: string;
                state?: string;
                /** @description only those whose deadline has passed */
                overdue?: boolean;
                /** @description only those with a step that waits for a second person */
                waiting?: boolean;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["MatterListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "open-dispute": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-dispute": {
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
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "step-dispute": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-document-requests": {
        parameters: {
            query?: {
                /** @description a hospital sees its own only */
                institution_id?: string;
                person_id?: string;
                state?: string;
                /** @description only those whose deadline has passed */
                overdue?: boolean;
                /** @description only those with a step that waits for a second person */
                waiting?: boolean;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["MatterListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "open-document-request": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-document-request": {
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
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "step-document-request": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    evaluate: {
        parameters: {
            query: {
                /** @description the time, RFC 3339 with an offset */
                as_of: string;
                /** @description otherwise the server's */
                clock?: "wall" | "event";
                /** @description only the digest, as JSON */
                digest?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description findings, one a line, or the digest */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                    "application/x-ndjson": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description what is wrong and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-experts": {
        parameters: {
            query?: {
                /** @description a hospital sees its own only */
                institution_id?: string;
                person_id?: string;
                state?: string;
                /** @description only those whose deadline has passed */
                overdue?: boolean;
                /** @description only those with a step that waits for a second person */
                waiting?: boolean;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["MatterListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "open-expert": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-expert": {
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
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "step-expert": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-face-proposals": {
        parameters: {
            query?: {
                /** @description first day; a year before until without it */
                from?: string;
                /** @description first day that does not count; tomorrow without it */
                until?: string;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["FaceAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-findings": {
        parameters: {
            query?: {
                institution_id?: string;
                person_id?: string;
                stay_id?: string;
                rule?: string;
                state?: "open" | "notified" | "explained" | "lapsed" | "rejected" | "released" | "appealed" | "upheld" | "overturned" | "retracted";
                severity?: "violation" | "suspicion" | "reminder";
                /** @description findings that reach this time or day, or later */
                from?: string;
                /** @description findings that begin before this time or day */
                until?: string;
                min_amount?: string;
                /** @description true: those that a whitelist row suppresses; false: the others */
                suppressed?: "true" | "false";
                /** @description a violating fee or order names this physician; with item_code the same line. A hospital: a line of its own */
                physician_id?: string;
                /** @description a violating fee, order or device is of this item */
                item_code?: string;
                /** @description true: those that the caller claimed or that were assigned to the caller */
                mine?: boolean;
                /** @description amount: greatest first; due_on: nearest first, while nothing was decided since; severity: gravest first; revised: newest first. Without it by id */
                sort?: "amount" | "due_on" | "severity" | "revised";
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["FindingListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "count-findings": {
        parameters: {
            query?: {
                institution_id?: string;
                person_id?: string;
                stay_id?: string;
                rule?: string;
                state?: "open" | "notified" | "explained" | "lapsed" | "rejected" | "released" | "appealed" | "upheld" | "overturned" | "retracted";
                severity?: "violation" | "suspicion" | "reminder";
                /** @description findings that reach this time or day, or later */
                from?: string;
                /** @description findings that begin before this time or day */
                until?: string;
                min_amount?: string;
                /** @description true: those that a whitelist row suppresses; false: the others */
                suppressed?: "true" | "false";
                /** @description a violating fee or order names this physician; with item_code the same line. A hospital: a line of its own */
                physician_id?: string;
                /** @description a violating fee, order or device is of this item */
                item_code?: string;
                /** @description true: those that the caller claimed or that were assigned to the caller */
                mine?: boolean;
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
                    "application/json": components["schemas"]["FindingCounts"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-finding": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description finding_id */
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
                    "application/json": components["schemas"]["FindingDetail"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "appeal-finding": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description finding_id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppealBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FindingDetail"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "decide-finding": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description finding_id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecisionBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FindingDetail"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-evidence": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description finding_id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the pack */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "explain-finding": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description finding_id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StatementInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FindingDetail"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-handovers": {
        parameters: {
            query?: {
                /** @description a hospital sees its own only */
                institution_id?: string;
                person_id?: string;
                state?: string;
                /** @description only those whose deadline has passed */
                overdue?: boolean;
                /** @description only those with a step that waits for a second person */
                waiting?: boolean;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["MatterListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "open-handover": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-handover": {
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
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-handover-letter": {
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
            /** @description the letter */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "step-handover": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-inbox": {
        parameters: {
            query?: {
                /** @description only what is not marked as read */
                unread?: boolean;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["InboxAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "read-inbox": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-inspections": {
        parameters: {
            query?: {
                /** @description a hospital sees its own only */
                institution_id?: string;
                person_id?: string;
                state?: string;
                /** @description only those whose deadline has passed */
                overdue?: boolean;
                /** @description only those with a step that waits for a second person */
                waiting?: boolean;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["MatterListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "open-inspection": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommitInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-inspection": {
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
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-draw": {
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
                    "application/json": components["schemas"]["MadeDraw"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "step-inspection": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-institutions": {
        parameters: {
            query?: {
                city?: string;
                kind?: "medical" | "rehab" | "device";
                /** @description part of the name or of the id */
                q?: string;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["InstitutionsAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-institution-profile": {
        parameters: {
            query?: {
                /** @description the first month that does not count, twelve before it do; the month after as_of without it */
                until?: string;
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
                    "application/json": components["schemas"]["Profile"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-journal": {
        parameters: {
            query?: {
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
                /** @description id of a key, or system */
                actor?: string;
                /** @description of the entries */
                type?: string;
                /** @description a time with an offset, or a day that stands for its midnight */
                from?: string;
                /** @description likewise; before it */
                until?: string;
                /** @description which entries come first */
                order?: "oldest" | "newest";
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
                    "application/json": components["schemas"]["JournalAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the note */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-consistency-proof": {
        parameters: {
            query: {
                /** @description entries of the earlier head */
                from: string;
                /** @description entries of the later one; without it the head now */
                size?: string;
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
                    "application/json": components["schemas"]["ConsistencyAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "export-journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the export */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-journal-people": {
        parameters: {
            query?: {
                /** @description a time with an offset, or a day that stands for its midnight; from the beginning without it */
                from?: string;
                /** @description likewise; before it */
                until?: string;
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
                    "application/json": components["schemas"]["PeopleReport"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "erase-data": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description number of the entry whose data goes */
                seq: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EraseInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EraseAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-inclusion-proof": {
        parameters: {
            query?: {
                /** @description under the head of so many entries; without it the head now */
                size?: string;
            };
            header?: never;
            path: {
                /** @description number of the entry */
                seq: string;
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
                    "application/json": components["schemas"]["ProofAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-keys": {
        parameters: {
            query?: {
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["KeysAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "add-key": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "revoke-key": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: string;
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
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-notices": {
        parameters: {
            query?: {
                /** @description a hospital may leave it out */
                institution_id?: string;
                /** @description first day */
                from?: string;
                /** @description first day that is no longer wanted */
                until?: string;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["NoticesAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-notice": {
        parameters: {
            query?: {
                /** @description otherwise Accept decides */
                format?: "json" | "pdf";
            };
            header?: {
                Accept?: string;
            };
            path: {
                /** @description notice_id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the notice */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeView"];
                    "application/pdf": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-entitlement": {
        parameters: {
            query?: {
                /** @description a hospital that has no admission of the person yet names the visit that it opens */
                stay_id?: string;
                /** @description the agency: for a visit at this institution; a hospital may leave it out */
                institution_id?: string;
            };
            header?: never;
            path: {
                /** @description the fund's personal number */
                person_id: string;
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
                    "application/json": components["schemas"]["EntitlementView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-entitlement-queries": {
        parameters: {
            query?: {
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
            };
            header?: never;
            path: {
                person_id: string;
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
                    "application/json": components["schemas"]["QueriesAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-physicians": {
        parameters: {
            query?: {
                institution_id?: string;
                /** @description part of the id or of the masked name */
                q?: string;
                /** @description the greatest first; by id without it */
                sort?: "charged" | "findings";
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["PhysiciansAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-physician": {
        parameters: {
            query?: {
                institution_id?: string;
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
                    "application/json": components["schemas"]["PhysicianDetail"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-plaques": {
        parameters: {
            query?: {
                /** @description a hospital sees its own only */
                institution_id?: string;
                person_id?: string;
                state?: string;
                /** @description only those whose deadline has passed */
                overdue?: boolean;
                /** @description only those with a step that waits for a second person */
                waiting?: boolean;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["MatterListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "open-plaque": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-plaque": {
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
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "step-plaque": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-postings": {
        parameters: {
            query: {
                institution_id: string;
                /** @description month YYYY-MM, or year YYYY; without it all */
                month?: string;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["PostingsAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    quarantine: {
        parameters: {
            query?: {
                institution_id?: string;
                code?: string;
                receipt_id?: string;
                /** @description next of the page before */
                cursor?: string;
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
                    "application/json": components["schemas"]["QuarantinePage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description what is wrong and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-receipts": {
        parameters: {
            query?: {
                institution_id?: string;
                /** @description first day */
                from?: string;
                /** @description first day that does not count */
                until?: string;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["ReceiptsAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    receipt: {
        parameters: {
            query?: {
                /** @description seconds to wait until the receipt is settled */
                wait?: number;
            };
            header?: never;
            path: {
                /** @description from the answer to an upload */
                receipt_id: string;
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
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description what is wrong and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    upload: {
        parameters: {
            query?: {
                /** @description seconds to wait until the receipt is settled; 2 by default */
                wait?: number;
                /** @description all or nothing */
                atomic?: boolean;
            };
            header?: {
                /** @description the signature of the institution's electronic seal over the list of its records, CMS in base64 (docs/signatures.md); at most 1,000 records then */
                "Claimwatch-Signature"?: string;
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": (components["schemas"]["Record_admission"] | components["schemas"]["Record_transfer"] | components["schemas"]["Record_leave"] | components["schemas"]["Record_discharge"] | components["schemas"]["Record_order"] | components["schemas"]["Record_fee"] | components["schemas"]["Record_identity_check"] | components["schemas"]["Record_care_record"] | components["schemas"]["Record_operation"] | components["schemas"]["Record_exam_report"] | components["schemas"]["Record_front_page"] | components["schemas"]["Record_device_fitting"] | components["schemas"]["Record_claim"])[];
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description every accepted record is in the log, with all replicas' acknowledgement */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description what is wrong and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-rectifications": {
        parameters: {
            query?: {
                /** @description a hospital sees its own only */
                institution_id?: string;
                person_id?: string;
                state?: string;
                /** @description only those whose deadline has passed */
                overdue?: boolean;
                /** @description only those with a step that waits for a second person */
                waiting?: boolean;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["MatterListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "open-rectification": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-rectification": {
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
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "step-rectification": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-reference-tables": {
        parameters: {
            query?: {
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["TablesAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-reference": {
        parameters: {
            query?: {
                /** @description withdrawn rows too, as they were withdrawn */
                void?: boolean;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
            };
            header?: never;
            path: {
                table: string;
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
                    "application/json": components["schemas"]["RowsAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "load-reference": {
        parameters: {
            query?: never;
            header?: {
                "Content-Type"?: string;
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                table: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/x-ndjson": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoadAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-reference-history": {
        parameters: {
            query?: {
                /** @description key cells of one row in order, joined by |; without it the loads of the table */
                key?: string;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
            };
            header?: never;
            path: {
                table: string;
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
                    "application/json": components["schemas"]["HistoryAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-referral-requests": {
        parameters: {
            query?: {
                /** @description a hospital sees its own only */
                institution_id?: string;
                person_id?: string;
                state?: string;
                /** @description only those whose deadline has passed */
                overdue?: boolean;
                /** @description only those with a step that waits for a second person */
                waiting?: boolean;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["MatterListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "open-referral-request": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-referral-request": {
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
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "step-referral-request": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-registers": {
        parameters: {
            query?: {
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["RegistersAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-rejections": {
        parameters: {
            query: {
                /** @description a hospital may leave it out */
                institution_id?: string;
                /** @description local month of the lines' service dates */
                month: string;
                /** @description otherwise Accept decides */
                format?: "json" | "csv" | "xlsx" | "pdf";
            };
            header?: {
                Accept?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the list */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RejectedList"];
                    "application/pdf": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "text/csv": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-renewals": {
        parameters: {
            query?: {
                /** @description a hospital sees its own only */
                institution_id?: string;
                person_id?: string;
                state?: string;
                /** @description only those whose deadline has passed */
                overdue?: boolean;
                /** @description only those with a step that waits for a second person */
                waiting?: boolean;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["MatterListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "open-renewal": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenInputBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-renewal": {
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
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "step-renewal": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-supervision-report": {
        parameters: {
            query?: {
                month?: string;
                /** @description empty: the whole province; a city's key has its own */
                city?: string;
                format?: "json" | "xlsx" | "pdf";
            };
            header?: {
                Accept?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the report */
            200: {
                headers: {
                    "Claimwatch-Sealed"?: string;
                    "Content-Disposition"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                    "application/pdf": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "seal-supervision-report": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SealInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SealView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-rules": {
        parameters: {
            query?: {
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["RulesAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-rule": {
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
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "publish-parameters": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublishBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublishAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "withdraw-parameters": {
        parameters: {
            query: {
                reason: string;
            };
            header?: never;
            path: {
                code: string;
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
                    "application/json": components["schemas"]["PublishAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-sanctions": {
        parameters: {
            query?: {
                /** @description a hospital sees its own only */
                institution_id?: string;
                person_id?: string;
                state?: string;
                /** @description only those whose deadline has passed */
                overdue?: boolean;
                /** @description only those with a step that waits for a second person */
                waiting?: boolean;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["MatterListBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "open-sanction": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SanctionBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "recommend-sanctions": {
        parameters: {
            query?: {
                /** @description of this institution; of all with an agreement without it */
                institution_id?: string;
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
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
                    "application/json": components["schemas"]["RecommendationsAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-sanction": {
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
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "decide-sanction": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SanctionDecisionInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-dossier": {
        parameters: {
            query?: {
                /** @description otherwise Accept decides */
                format?: "json" | "pdf";
            };
            header?: {
                Accept?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the dossier */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dossier"];
                    "application/pdf": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-dossier-evidence": {
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
            /** @description the pack */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-sanction-letter": {
        parameters: {
            query?: {
                /** @description the notice without it; the intent while it is what was told last */
                paper?: "notice" | "intent" | "report";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the letter */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "step-sanction": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StepBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatterView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-session": {
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
                    "application/json": components["schemas"]["SessionBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "sign-out": {
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
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "use-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "sign-in-methods": {
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
                    "application/json": components["schemas"]["MethodsAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "change-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FactorInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "draw-totp": {
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
                    "application/json": components["schemas"]["FactorAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-settlement": {
        parameters: {
            query: {
                /** @description a hospital may leave it out */
                institution_id?: string;
                month: string;
                /** @description otherwise Accept decides */
                format?: "json" | "csv" | "xlsx" | "pdf";
            };
            header?: {
                Accept?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the settlement */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settlement"];
                    "application/pdf": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "text/csv": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "close-settlement": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                institution_id: string;
                month: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Step"];
            };
        };
        responses: {
            /** @description closed, or the proposal withdrawn */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settlement"];
                };
            };
            /** @description proposed */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settlement"];
                };
            };
            /** @description what is wrong and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-settlement-lines": {
        parameters: {
            query?: {
                /** @description next of the answer before */
                cursor?: string;
                /** @description 1 to 1000, 100 by default */
                limit?: string;
            };
            header?: never;
            path: {
                institution_id: string;
                month: string;
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
                    "application/json": components["schemas"]["LinesAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-payments": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                institution_id: string;
                month: string;
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
                    "application/json": components["schemas"]["PaymentsView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "pay-settlement": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                institution_id: string;
                month: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PaymentBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentsView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetupInputBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    status: {
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
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description what is wrong and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-stay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                institution_id: string;
                stay_id: string;
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
                    "application/json": components["schemas"]["StayView"];
                };
            };
            /** @description Error */
            default: {
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
            query?: {
                /** @description the same, for those who cannot send the header */
                last_event_id?: string;
                institution_id?: string;
                rule?: string;
            };
            header?: {
                /** @description the id of the last event that was received: what happened since then comes first */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a stream of events without an end */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description what is wrong and what to do */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-upload-health": {
        parameters: {
            query?: {
                institution_id?: string;
                /** @description 1 to 400 days up to today, 30 by default */
                days?: string;
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
                    "application/json": components["schemas"]["UploadHealth"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-year-end": {
        parameters: {
            query: {
                /** @description a hospital may leave it out */
                institution_id?: string;
                year: number;
                /** @description otherwise Accept decides */
                format?: "json" | "pdf";
            };
            header?: {
                Accept?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the year end */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["YearEnd"];
                    "application/pdf": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "close-year-end": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                institution_id: string;
                year: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Step"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["YearEnd"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "list-bond-payments": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                institution_id: string;
                year: number;
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
                    "application/json": components["schemas"]["PaymentsView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "pay-bond": {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key with the same body gives the first answer again; kept 7 days */
                "Idempotency-Key"?: string;
            };
            path: {
                institution_id: string;
                year: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PaymentBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentsView"];
                };
            };
            /** @description Error */
            default: {
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
