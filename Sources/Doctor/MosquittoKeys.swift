/// Keys that mosquitto 2 knows (mosquitto.conf(5)); others it refuses to start with, or a newer one has them.
enum MosquittoKeys {
    static let known: Set<String> = Set(
        """
        accept_protocol_versions acl_file address addresses allow_anonymous allow_duplicate_messages allow_zero_length_clientid \
        auth_plugin auth_plugin_deny_special_chars auto_id_prefix autosave_interval autosave_on_changes bind_address \
        bind_interface bridge_alpn bridge_attempt_unsubscribe bridge_bind_address bridge_cafile bridge_capath \
        bridge_certfile bridge_ciphers bridge_identity bridge_insecure bridge_keyfile bridge_max_packet_size \
        bridge_max_topic_alias bridge_outgoing_retain bridge_protocol_version bridge_psk bridge_receive_maximum \
        bridge_reload_type bridge_require_ocsp bridge_session_expiry_interval bridge_tcp_keepalive bridge_tcp_user_timeout \
        bridge_tls_use_os_certs bridge_tls_version cafile capath certfile check_retain_source ciphers ciphers_tls1.3 \
        cleansession clientid_prefixes clientid connection connection_messages crlfile dhparamfile enable_control_api \
        enable_proxy_protocol global_max_clients global_max_connections global_plugin http_dir idle_timeout include_dir \
        keepalive_interval keyfile listener listener_allow_anonymous listener_auto_id_prefix local_cleansession \
        local_clientid local_password local_username log_dest log_facility log_timestamp log_timestamp_format log_type \
        max_connections max_inflight_bytes max_inflight_messages max_keepalive max_packet_size max_qos max_queued_bytes \
        max_queued_messages max_topic_alias max_topic_alias_broker memory_limit message_size_limit mount_point \
        notification_topic notifications notifications_local_only packet_buffer_size packet_max_auth packet_max_connect \
        packet_max_simple packet_max_sub packet_max_un password_file per_listener_settings persistence persistence_file \
        persistence_location persistent_client_expiration pid_file plugin plugin_load plugin_use port protocol psk_file \
        psk_hint queue_qos0_messages remote_clientid remote_password remote_username require_certificate restart_timeout \
        retain_available retain_expiry_interval retained_persistence retry_interval round_robin set_tcp_nodelay \
        socket_domain start_type store_clean_interval sys_interval threshold tls_engine tls_engine_kpass_sha1 tls_keyform \
        tls_version topic trace_level try_private upgrade_outgoing_qos use_identity_as_username use_subject_as_username \
        use_username_as_clientid user username password websockets_headers_size websockets_log_level websockets_origin
        """.split(whereSeparator: \.isWhitespace).map(String.init)
    )

    static func isKnown(_ key: String) -> Bool {
        known.contains(key) || key.hasPrefix("auth_opt_") || key.hasPrefix("plugin_opt_")
    }
}
