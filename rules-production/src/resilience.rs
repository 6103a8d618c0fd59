//! Principle XII, Resilience & Error Handling: what fails is tried again, given up in time, and explained.

use plangate_core::declare_principle;
use plangate_core::evidence::Indicators;

declare_principle! {
    /// What fails is tried again, given up in time, and explained.
    pub RESILIENCE = "XII" "Resilience & Error Handling", statuses: [Pass, Attention];

    /// ## What it finds
    /// No word on retries or backoff, and no library for them.
    ///
    /// ## Why it matters
    /// Most failures of a network are over after a second; a user who meets them isn't.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **XII. Resilience & Error Handling** ✅
    /// - Is retry logic with exponential backoff planned for transient failures? **No** - users can reload
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **XII. Resilience & Error Handling** ✅
    /// - Is retry logic with exponential backoff planned for transient failures? **Yes** - three attempts
    /// ```
    /// ```md,file=research.md
    /// ## Payment provider
    ///
    /// **Decision**: calls are retried three times, with exponential backoff and jitter.
    /// ```
    question "PRD1201" "missing-retry" =
        Duty "Is retry logic with exponential backoff planned for transient failures?",
        indicators: Indicators::terms(&[
            "retry", "retried", "retryable", "re-try", "try again", "backoff", "back off", "exponential", "jitter",
            "transient failure", "transient error", "reintento", "reintentos", "reintentar", "nova tentativa",
            "novas tentativas", "retentativa", "nouvelle tentative", "réessai", "réessayer", "wiederholung",
            "wiederholungsversuch", "erneut versuchen", "重试", "重試", "指数退避", "リトライ", "再試行", "재시도", "백오프",
        ])
        .dependencies(&[
            "p-retry", "async-retry", "axios-retry", "retry", "promise-retry", "ts-retry*", "ts-retry-promise",
            "exponential-backoff", "cockatiel", "fetch-retry", "got", "ky", "@tanstack/react-query",
            "@tanstack/query-core", "react-query", "swr", "bull", "bullmq", "tenacity", "backoff", "retrying",
            "stamina", "retry-async", "httpx-retries", "celery", "backon", "tokio-retry*", "reqwest-retry", "again",
            "retry-policies", "*cenkalti/backoff*", "*avast/retry-go*", "*hashicorp/go-retryablehttp*",
            "*sethvargo/go-retry*", "*failsafe-go*", "polly*", "microsoft.extensions.http.polly",
            "microsoft.extensions.http.resilience", "microsoft.extensions.resilience", "*resilience4j*",
            "*spring-retry*", "*failsafe*", "retriable", "faraday-retry", "sidekiq", "oban", "retry-ruby",
            "caseyamcl/guzzle-retry-middleware", "hangfire*", "masstransit*", "dio-smart-retry",
        ])
        .files(&["**/*retry*.*", "**/*backoff*.*"]);

    /// ## What it finds
    /// No word on circuit breakers or bulkheads around what the feature depends on.
    ///
    /// ## Why it matters
    /// One slow dependency, asked by every request, takes the whole service with it.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **XII. Resilience & Error Handling** ✅
    /// - Are circuit breakers planned for external dependencies? **No** - there is one provider only
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **XII. Resilience & Error Handling** ✅
    /// - Are circuit breakers planned for external dependencies? **Yes** - around the provider
    /// ```
    /// ```text,repository
    /// src/payments/circuitBreaker.js
    /// ```
    question "PRD1202" "missing-circuit-breaker" = Duty "Are circuit breakers planned for external dependencies?",
        indicators: Indicators::terms(&[
            "circuit breaker", "circuit-breaking", "break the circuit", "circuit opens", "half-open", "bulkhead",
            "fail fast", "opossum", "cockatiel", "resilience4j", "hystrix", "polly", "pybreaker", "gobreaker",
            "failsafe", "load shedding", "outlier detection", "cortacircuitos", "disyuntor", "circuit-breaker",
            "disjuntor", "disjoncteur", "schutzschalter", "熔断", "熔斷", "断路器", "斷路器", "サーキットブレーカー", "서킷 브레이커",
            "회로 차단기",
        ])
        .dependencies(&[
            "opossum", "cockatiel", "brakes", "levee", "hystrixjs", "mollitia", "@nestjs-resilience/*", "pybreaker",
            "aiobreaker", "circuitbreaker", "purgatory-circuitbreaker", "failsafe", "failsafe-rs", "recloser",
            "*sony/gobreaker*", "*afex/hystrix-go*", "*mercari/go-circuitbreaker*", "*failsafe-go*",
            "*eapache/go-resiliency*", "*resilience4j*", "*hystrix*", "*spring-cloud-circuitbreaker*",
            "*smallrye-fault-tolerance*", "*sentinel-core*", "polly*", "microsoft.extensions.http.polly",
            "microsoft.extensions.http.resilience", "microsoft.extensions.resilience", "semian", "stoplight",
            "circuitbox", "fuse", "external-service", "ackintosh/ganesha", "leocarmo/circuit-breaker-php",
        ])
        .files(&["**/*circuitbreaker*", "**/*circuit-breaker*", "**/*circuit_breaker*", "**/*bulkhead*"]);

    /// ## What it finds
    /// No word on timeouts or deadlines of what the feature waits for.
    ///
    /// ## Why it matters
    /// A call without a limit holds its thread, its connection and its user for as long as the other side likes.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **XII. Resilience & Error Handling** ✅
    /// - Are timeout limits defined for all external operations? **No** - the defaults will do
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **XII. Resilience & Error Handling** ✅
    /// - Are timeout limits defined for all external operations? **Yes** - for the provider and the database
    /// ```
    /// ```md,file=spec.md
    /// ## Requirements
    ///
    /// - **FR-014**: Calls to the provider MUST have a timeout of 3 s.
    /// ```
    question "PRD1203" "unbounded-wait" = Duty "Are timeout limits defined for all external operations?",
        indicators: Indicators::terms(&[
            "timeout", "time out", "timed out", "times out", "deadline", "time limit", "max wait", "maximum wait",
            "abort controller", "abort signal", "cancellation token", "context.withtimeout", "bounded wait",
            "time budget", "request limit of", "connection timeout", "tiempo de espera", "tiempo límite",
            "tempo limite", "tempo de espera", "délai d'attente", "délai maximal", "zeitlimit", "zeitüberschreitung",
            "超时", "逾時", "タイムアウト", "타임아웃", "시간 초과", "제한 시간",
        ])
        .dependencies(&[
            "p-timeout", "connect-timeout", "promise-timeout", "cockatiel", "async-timeout", "timeout-decorator",
            "wrapt-timeout-decorator", "tokio-timeout", "tower-timeout", "polly*",
            "microsoft.extensions.http.resilience", "*resilience4j*", "*failsafe*", "rack-timeout",
            "*go-chi/chi/*/middleware*",
        ])
        .files(&["**/*timeout*.*"]);

    /// ## What it finds
    /// No word on fallbacks or on what still works while a part is down.
    ///
    /// ## Why it matters
    /// A page that loses its recommendations should still sell.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **XII. Resilience & Error Handling** ✅
    /// - Is graceful degradation planned for non-critical features? **No** - the page fails as a whole
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **XII. Resilience & Error Handling** ✅
    /// - Is graceful degradation planned for non-critical features? **Yes** - for recommendations
    /// ```
    /// ```md,file=spec.md
    /// ## Edge Cases
    ///
    /// - When recommendations are down, the page falls back to the bestsellers.
    /// ```
    question "PRD1204" "missing-fallback" = Duty "Is graceful degradation planned for non-critical features?",
        indicators: Indicators::terms(&[
            "graceful degradation", "degrade gracefully", "degrades gracefully", "gracefully degrade", "gracefully",
            "graceful", "degraded mode", "degraded", "fallback", "fall back", "falls back", "falling back",
            "feature flag", "offline mode", "offline", "read-only mode", "stale data", "cached copy",
            "partial failure", "partial result", "best effort", "best-effort", "fail open", "fail soft",
            "non-blocking failure", "does not block", "degradación elegante", "degradación",
            "alternativa de respaldo", "degradação", "dégradation", "mode dégradé", "repli", "ausweichlösung",
            "rückfall", "降级", "降級", "优雅降级", "兜底", "フォールバック", "縮退", "グレースフル", "폴백", "성능 저하", "대체",
        ])
        .dependencies(&[
            "launchdarkly*", "@launchdarkly/*", "unleash-client", "@unleash/*", "@openfeature/*", "flagsmith*",
            "configcat*", "*resilience4j*", "polly*", "cockatiel", "opossum", "workbox-*", "next-pwa",
            "vite-plugin-pwa", "react-error-boundary", "microsoft.featuremanagement*", "flipper",
        ])
        .files(&["**/*fallback*.*", "**/*degrad*.*", "**/*offline*.*", "**/service-worker*", "**/sw.js"]);

    /// ## What it finds
    /// No word on what a user reads when something fails, nor on keeping stack traces from them.
    ///
    /// ## Why it matters
    /// A stack trace helps an attacker, and nobody else who sees it.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **XII. Resilience & Error Handling** ✅
    /// - Are user-friendly error messages planned (no stack traces)? **No** - errors are shown as they come
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **XII. Resilience & Error Handling** ✅
    /// - Are user-friendly error messages planned (no stack traces)? **Yes** - with a code to quote
    /// ```
    /// ```md,file=spec.md
    /// ## Requirements
    ///
    /// - **FR-016**: Errors MUST show a message that says what to do next, never a stack trace.
    /// ```
    question "PRD1205" "leaking-error-detail" = Duty "Are user-friendly error messages planned (no stack traces)?",
        indicators: Indicators::terms(&[
            "error message", "user-friendly error", "user-friendly message", "user friendly error", "friendly error",
            "friendly message", "clear error", "clear message", "descriptive error", "actionable error",
            "generic error", "generic message", "error boundary", "error page", "error toast", "error banner",
            "error state", "error display", "error response", "error envelope", "error handler",
            "error handling middleware", "exception handler", "global exception", "problem details", "rfc 7807",
            "rfc 9457", "no stack trace", "without stack trace", "never a stack trace", "never stack trace",
            "stack traces are never", "stack traces are not", "not expose", "never expose", "never leak", "not leak",
            "internal details", "localized error", "toast", "snackbar", "validation error", "validation message",
            "mensaje de error", "mensajes de error", "mensagem de erro", "mensagens de erro", "message d'erreur",
            "messages d'erreur", "fehlermeldung", "fehlermeldungen", "错误提示", "错误信息", "錯誤訊息", "友好提示", "エラーメッセージ",
            "오류 메시지", "에러 메시지",
        ])
        .dependencies(&[
            "react-error-boundary", "http-errors", "@hapi/boom", "http-problem-details", "express-async-errors",
            "hellang.middleware.problemdetails", "*problem-spring-web*", "erroror", "fluentresults",
            "exception-handler", "color-eyre", "miette", "sonner", "react-hot-toast", "react-toastify", "notistack",
        ])
        .files(&[
            "**/*errorboundary*", "**/*error-boundary*", "**/*errorhandler*", "**/*error-handler*",
            "**/*error_handler*", "**/*exceptionhandler*", "**/*exception_handler*", "**/*exception-handler*",
            "**/*exceptionmiddleware*", "**/*errormiddleware*", "**/*problemdetails*", "**/error.tsx", "**/404.*",
            "**/500.*", "**/errors/**",
        ]);

    /// ## What it finds
    /// No word on reconnecting a lost WebSocket, and no library that does.
    ///
    /// ## Why it matters
    /// Every phone loses its connection; a page that doesn't take it up again shows the past.
    ///
    /// ## Example
    /// ```md,finds
    /// ## Constitution Check
    ///
    /// **XII. Resilience & Error Handling** ✅
    /// - Is automatic WebSocket reconnection planned? **No** - users can reload
    /// ```
    ///
    /// ```md
    /// ## Constitution Check
    ///
    /// **XII. Resilience & Error Handling** ✅
    /// - Is automatic WebSocket reconnection planned? **Yes** - with the missed events
    /// ```
    /// ```text,repository
    /// tests/reconnection.test.js
    /// ```
    question "PRD1206" "missing-reconnection" = Duty "Is automatic WebSocket reconnection planned?",
        indicators: Indicators::terms(&[
            "reconnect", "re-connect", "reconnection", "connection recovery", "connection lost", "lost connection",
            "resume session", "session resumption", "resubscribe", "re-establish", "reestablish",
            "connection state recovery", "auto-reconnect", "last-event-id", "withautomaticreconnect", "reconexión",
            "reconectar", "reconexão", "reconnexion", "reconnecter", "wiederverbindung", "wiederverbinden", "重连",
            "重連", "重新连接", "重新連線", "再接続", "재연결",
        ])
        .dependencies(&[
            "reconnecting-websocket", "partysocket", "robust-websocket", "websocket-heartbeat-js",
            "socket.io-client", "@microsoft/signalr", "microsoft.aspnetcore.signalr.client", "sockjs-client",
            "@stomp/stompjs", "centrifuge", "phoenix", "pusher-js", "ably", "@supabase/supabase-js",
            "@supabase/realtime-js", "graphql-ws", "subscriptions-transport-ws", "mqtt", "paho-mqtt",
            "python-socketio", "@rails/actioncable", "laravel-echo", "eventsource", "@microsoft/fetch-event-source",
            "react-use-websocket", "livekit-client", "socket-io-client", "web-socket-client", "*recws*",
            "websockets", "tokio-tungstenite-reconnect", "stream-reconnect", "ezsockets",
        ])
        .files(&["**/*reconnect*"]);
}
