// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.security.cert.X509Certificate;
import java.util.List;

/** What a user allows servers to do with redirects. Immutable; safe for use by several threads. */
public final class RedirectPolicy {
  /** Follows redirects to public addresses whose content can be verified: the default. */
  public static final RedirectPolicy VERIFIED = new Builder().build();

  /** Follows no redirects. */
  public static final RedirectPolicy OFF = new Builder().follow(false).build();

  private final boolean follow;
  private final AddressPolicy addresses;
  private final boolean allowSha1;
  private final long maxBytes;
  private final int maxHttpRedirects;
  private final boolean releaseUnverified;
  private final List<X509Certificate> authorities;
  private final boolean ignoreExpiry;
  private final boolean ignoreHostName;

  private RedirectPolicy(Builder builder) {
    follow = builder.follow;
    addresses = builder.addresses;
    allowSha1 = builder.allowSha1;
    maxBytes = builder.maxBytes;
    maxHttpRedirects = builder.maxHttpRedirects;
    releaseUnverified = builder.releaseUnverified;
    authorities = builder.authorities;
    ignoreExpiry = builder.ignoreExpiry;
    ignoreHostName = builder.ignoreHostName;
  }

  /** Returns a builder that starts with {@link #VERIFIED}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns whether redirects are offered and followed at all. */
  public boolean follow() {
    return follow;
  }

  /** Returns the addresses to which redirects may lead. */
  public AddressPolicy addresses() {
    return addresses;
  }

  /** Returns whether a SHA-1 hash alone is accepted as proof. */
  public boolean allowSha1() {
    return allowSha1;
  }

  /** Returns how long content may be if its size is not announced, in bytes. */
  public long maxBytes() {
    return maxBytes;
  }

  /**
   * Returns how many HTTP redirects (3xx) in a row are followed at the target; every hop is checked
   * like the first.
   */
  public int maxHttpRedirects() {
    return maxHttpRedirects;
  }

  /**
   * Returns whether objects are returned before the content is verified: wrong content still fails,
   * but after parts of it were used.
   */
  public boolean releaseUnverified() {
    return releaseUnverified;
  }

  /**
   * Returns the only certificates that are trusted as authorities for content hosts. If there are
   * none, pins are what counts, and a host without pins is checked as the origin server is.
   */
  public List<X509Certificate> authorities() {
    return authorities;
  }

  /** Returns whether expired certificates and those not yet valid are accepted. */
  public boolean ignoreExpiry() {
    return ignoreExpiry;
  }

  /** Returns whether certificates of other hosts are accepted. */
  public boolean ignoreHostName() {
    return ignoreHostName;
  }

  /** Collects the settings of a policy. Not safe for use by several threads. */
  public static final class Builder {
    private boolean follow = true;
    private AddressPolicy addresses = AddressPolicy.PUBLIC;
    private boolean allowSha1;
    private long maxBytes = 1L << 30;
    private int maxHttpRedirects;
    private boolean releaseUnverified;
    private List<X509Certificate> authorities = List.of();
    private boolean ignoreExpiry;
    private boolean ignoreHostName;

    private Builder() {}

    /** Sets {@link RedirectPolicy#follow()}; true unless set. */
    public Builder follow(boolean follow) {
      this.follow = follow;
      return this;
    }

    /** Sets {@link RedirectPolicy#addresses()}; public ones unless set. */
    public Builder addresses(AddressPolicy addresses) {
      this.addresses = addresses;
      return this;
    }

    /** Sets {@link RedirectPolicy#allowSha1()}; false unless set. */
    public Builder allowSha1(boolean allow) {
      this.allowSha1 = allow;
      return this;
    }

    /** Sets {@link RedirectPolicy#maxBytes()}; 1 GiB unless set. */
    public Builder maxBytes(long bytes) {
      if (bytes < 0) {
        throw new IllegalArgumentException("a size is not negative");
      }
      this.maxBytes = bytes;
      return this;
    }

    /** Sets {@link RedirectPolicy#maxHttpRedirects()}: 0, the default, to 5. */
    public Builder maxHttpRedirects(int hops) {
      if (hops < 0 || hops > 5) {
        throw new IllegalArgumentException("0 to 5 HTTP redirects may be followed, not " + hops);
      }
      this.maxHttpRedirects = hops;
      return this;
    }

    /** Sets {@link RedirectPolicy#releaseUnverified()}; false unless set. */
    public Builder releaseUnverified(boolean release) {
      this.releaseUnverified = release;
      return this;
    }

    /**
     * Sets {@link RedirectPolicy#authorities()}; none unless set. They hold besides the pins of a
     * location, and in place of the authorities for the origin server.
     */
    public Builder authorities(List<X509Certificate> certificates) {
      this.authorities = List.copyOf(certificates);
      return this;
    }

    /** Sets {@link RedirectPolicy#ignoreExpiry()}; false unless set. */
    public Builder ignoreExpiry(boolean ignore) {
      this.ignoreExpiry = ignore;
      return this;
    }

    /** Sets {@link RedirectPolicy#ignoreHostName()}; false unless set. */
    public Builder ignoreHostName(boolean ignore) {
      this.ignoreHostName = ignore;
      return this;
    }

    /** Returns the policy. */
    public RedirectPolicy build() {
      return new RedirectPolicy(this);
    }
  }
}
